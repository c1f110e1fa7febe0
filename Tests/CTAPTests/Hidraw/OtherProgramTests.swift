import Glibc
import Testing

extension HidrawTests {
    /// A key that another program is using: fidoctl waits until the deadline, and warns at once, since a touch would go
    /// to the other program.
    @Suite struct OtherProgramTests {
        @Test func `six logins at once on one slow key all succeed`() async throws {
            let prepared = try await PreparedKey.get()
            try await Testbed.with { bed in
                try TextFile.write(prepared.state, to: bed.folder + "/key")
                let credential = try TestCredential(prepared.response, in: bed.folder + "/credential")
                let key = try await bed.plug(serving: ["--touch", "ask", "--state", bed.folder + "/key"])
                let logins = try (1...6).map { _ in
                    try bed.fidoctl("assert", "--credential", credential.file, "--events", "3")
                }
                try await eventually("all but one wait for another") {
                    logins.count { $0.events.text.contains("\"in-use\"") } == 5
                }
                var seen = 0
                for _ in logins {
                    seen = try await key.server.errors.wait(for: "waits for a touch", after: seen)
                    key.touch()
                }
                for login in logins { #expect(try await login.end() == .exit(0), "\(login.errors.text)") }
            }
        }

        @Test func `a locked key is waited for, and that is said at once`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let lock = try key.lock()
                defer { close(lock) }
                let info = try bed.fidoctl("info", "--events", "3")
                try await info.events.wait(for: "\"in-use\"")
                try await info.errors.wait(for: "another program is using")
                #expect(key.wire.entries == [])
                #expect(flock(lock, LOCK_UN) == 0)
                #expect(try await info.end() == .exit(0), "\(info.errors.text)")
            }
        }

        /// This once failed after half a second, regardless of the deadline.
        @Test func `a key that stays locked ends with the deadline`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let lock = try key.lock()
                defer { close(lock) }
                let info = try bed.fidoctl("info", "--timeout", Testbed.timeLimit(1), "--json", "--events", "3")
                #expect(try await info.end() == .exit(75), "\(info.errors.text)")
                #expect(info.output.text.contains("another program was using"))
                #expect(info.events.lines.last?.contains("\"timed-out\"") == true)
                #expect(key.wire.entries == [])
            }
        }

        /// Simulates a browser. The key rejects the request or drops INIT; both are repeated until the key is free.
        @Test(
            .enabled(if: !Testbed.usesKernel && TextFile.exists(Product.python), "scripts/setup test makes its Python"),
            arguments: [("OtherProgram", "CBOR"), ("DropsINIT", "INIT")]
        )
        func `a program without a lock is noticed, and its end waited for`(key: String, repeated: String) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(oddKey: key)
                let register = try bed.fidoctl("register", "--rp-id", "example.com", "--user", "al", "--events", "3")
                try await register.events.wait(for: "\"in-use\"")
                try await register.errors.wait(for: "another program is using")
                #expect(!register.events.text.contains("touch-needed"))
                try await key.server.errors.wait { lines in
                    WireLog(lines: lines).commands.count { $0 == repeated } > 1 ? () : nil
                }
                key.touch()
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
            }
        }
    }
}
