// Runs the login of Login.swift. Registers first, since an example has no credential database.
//
//   swift run Login             with a software key in this process
//   swift run Login --plugged   with the keys that are plugged in; Ctrl-C cancels on them
import CTAP2
import Dispatch
import Foundation
import VirtualAuthenticator
import WebAuthn

@main struct Main {
    static func main() async throws {
        let work = Task { try await run(isPlugged: CommandLine.arguments.contains("--plugged")) }
        signal(SIGINT, SIG_IGN)
        let interrupt = DispatchSource.makeSignalSource(signal: SIGINT)
        interrupt.setEventHandler { work.cancel() }
        interrupt.resume()
        do {
            try await work.value
        } catch {
            print("no login: \(error)")
            exit(1)
        }
    }

    static func run(isPlugged: Bool) async throws {
        let storage = FileManager.default.temporaryDirectory.path + "/example-key-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: storage) }
        let software = SingleKey(KeyDescription(name: "the software key", path: "software")) {
            let presence = TimedPresence(after: .zero)
            return VirtualHIDDevice(try VirtualKey(storage: FileStorage(path: storage), presence: presence))
        }
        let keys = SecurityKeys(isPlugged ? PluggedKeys() : software, interaction: Person())
        let made = try await keys.register(
            CreationOptions(
                challenge: randomChallenge(),
                rp: PublicKeyCredentialRpEntity(id: "example.com"),
                user: PublicKeyCredentialUserEntity(id: [1], name: "alice")
            ),
            for: .page(origin: Origin("https://example.com")),
            within: .seconds(60)
        )
        print("Registered with \(made.key.name)")
        _ = try await logIn(to: "example.com", as: made.value.credential, with: keys)
        print("Logged in to example.com")
    }
}

func randomChallenge() -> [UInt8] {
    (0..<32).map { _ in UInt8.random(in: .min ... .max) }
}
