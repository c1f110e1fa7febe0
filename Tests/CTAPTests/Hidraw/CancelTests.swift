import Glibc
import Testing

extension HidrawTests {
    /// A signal, or unplugging the key, in a known state of a transaction.
    @Suite struct CancelTests {
        @Test(arguments: [SIGINT, SIGTERM])
        func aSignalWhileTheKeyWaitsForItsTouchCancelsOnTheKey(signal: Int32) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "ask"])
                let cancelled = try bed.fidoctl("register", "--rp-id", "example.com", "--user", "u")
                try await cancelled.errors.wait(for: "Touch")
                cancelled.signal(signal)
                #expect(try await cancelled.end() == .exit(128 + signal))
                let wire = try await key.finalWire()
                #expect(wire.cancels.count == 1)
                #expect(wire.toKey.last?.packet == "CANCEL")
                #expect(!key.isLocked)

                let lines = key.server.errors.lines.count
                let next = try bed.fidoctl("register", "--rp-id", "example.com", "--user", "u")
                try await key.server.errors.wait(for: "waits for a touch", after: lines)
                key.touch()
                #expect(try await next.end() == .exit(0), "\(next.errors.text)")
                #expect(key.wire.cancels.count == 1)
            }
        }

        @Test func pullingTheKeyOutEndsTheWait() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let fidoctl = try bed.fidoctl(
                    "register",
                    "--rp-id",
                    "example.com",
                    "--user",
                    "u",
                    "--timeout",
                    Testbed.timeLimit(4)
                )
                try await fidoctl.errors.wait(for: "Touch")
                try await key.unplug()
                #expect(try await fidoctl.end() == .exit(69))
                #expect(key.wire.cancels == [])
            }
        }
    }
}
