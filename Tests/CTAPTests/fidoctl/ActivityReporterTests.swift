import CTAP2
import CTAPHID
import Glibc
import Testing

@testable import Interaction
@testable import fidoctl

/// The events of a waiting command.
@Suite struct ActivityReporterTests {
    private let key = KeyDescription(name: "Example Key", path: "/dev/hidraw0")

    @Test func onceCancelledNoTouchIsAskedForAnyMore() async throws {
        let reported = try await events { reporter in
            reporter.report(.processing, of: key)
            reporter.report(.cancelling)
            reporter.report(.touchNeeded, of: key)
        }
        #expect(reported.count == 2)
        #expect(reported.first?.contains("\"processing\"") == true)
        #expect(reported.last?.contains("\"cancelling\"") == true)
    }

    /// A key may ask for a touch at every request without a status of computing in between.
    @Test(arguments: ["PIN", "sensor"])
    func theTouchAfterVerificationIsAskedForAnew(by verification: String) async throws {
        let reported = try await events { reporter in
            reporter.report(.touchNeeded, of: key)
            if verification == "PIN" {
                reporter.pinNeeded(key, PINRequest(reason: .needed, retries: 8, minimumCodePoints: 4))
            } else {
                reporter.report(.verification(.succeeded), of: key)
            }
            reporter.report(.touchNeeded, of: key)
        }
        #expect(reported.count { $0.contains("\"touch-needed\"") } == 2, "\(reported)")
    }

    private func events(_ tell: (ActivityReporter) -> Void) async throws -> [String] {
        let file = try TemporaryFolder()
        let path = file.path("events")
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let log = try EventLog(argument: String(descriptor))
        tell(ActivityReporter(for: .logIn(rpId: "example.com"), by: Deadline(after: .seconds(60)), events: log))
        #expect(log.finish())
        return TextFile.contents(path).split(separator: "\n").map(String.init)
    }
}
