import CTAP2
import CTAPHID
import Glibc
import Testing

@testable import fidoctl

/// What a command tells of its waiting, in events.
@Suite struct WaitingEventsTests {
    @Test func onceCancelledNoTouchIsAskedForAnyMore() async throws {
        let told = try await events { waiting in
            waiting.hear(.processing, from: .virtual(file: nil))
            waiting.cancelling()
            waiting.hear(.userPresenceNeeded, from: .virtual(file: nil))
        }
        #expect(told.count == 2)
        #expect(told.first?.contains("\"processing\"") == true)
        #expect(told.last?.contains("\"cancelling\"") == true)
    }

    /// A key may ask for the touch of every request without saying that it computes in between.
    @Test(arguments: ["PIN", "sensor"])
    func theTouchAfterVerificationIsAskedForAnew(by verification: String) async throws {
        let key = Candidate.virtual(file: nil)
        let told = try await events { waiting in
            waiting.hear(.userPresenceNeeded, from: key)
            if verification == "PIN" {
                waiting.pinNeeded(key, reason: "needed", retries: 8)
            } else {
                waiting.hear(.succeeded, from: key)
            }
            waiting.hear(.userPresenceNeeded, from: key)
        }
        #expect(told.count { $0.contains("\"touch-needed\"") } == 2, "\(told)")
    }

    private func events(_ tell: (Waiting) -> Void) async throws -> [String] {
        let file = try TemporaryFolder()
        let path = file.path("events")
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let log = try EventLog(argument: String(descriptor))
        tell(Waiting(for: .logIn(rpID: "example.com"), by: Deadline(after: .seconds(60)), events: log))
        #expect(log.finish())
        return TextFile.contents(path).split(separator: "\n").map(String.init)
    }
}
