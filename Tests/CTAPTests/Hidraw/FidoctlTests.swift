import Glibc
import Testing

extension HidrawTests {
    /// fidoctl in real use: through libhidapi, with keys that are plugged in, inaccessible, unplugged and interrupted.
    @Suite struct FidoctlTests {
        private func run(_ bed: Testbed, _ arguments: String...) async throws -> Program {
            let program = try bed.start(
                [Product.fidoctl] + arguments,
                environment: ["LC_ALL": "C.UTF-8", "FIDOCTL_DEVICE": ""]
            )
            _ = try await program.end()
            return program
        }

        /// The statically linked program lost its arguments under the preload library, so it reads them from the
        /// kernel.
        @Test func itsArgumentsReachItWhateverItsEnvironment() async throws {
            try await Testbed.with { bed in
                let fidoctl = try await run(bed, "no such command", "")
                #expect(try await fidoctl.end() == .exit(64))
                #expect(fidoctl.errors.text.contains("no such command"), "\(fidoctl.errors.text)")
            }
        }

        @Test func listShowsTheKeyAndOpensNothing() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let list = try await run(bed, "list", "--json")
                #expect(try await list.end() == .exit(0))
                #expect(list.output.text.contains(#""path":"\#(key.path)""#))
                #expect(list.output.text.contains(#""permission":{"granted":true}"#))
                #expect(key.wire.entries.isEmpty)
            }
        }

        @Test func registrationLogsIn() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug()
                let made = try await run(bed, "register", "--rp-id", "example.com", "--json")
                #expect(try await made.end() == .exit(0), "\(made.errors.text)")
                let credential = bed.folder + "/credential.json"
                try TextFile.write(made.output.text, to: credential)
                let login = try await run(bed, "assert", "--credential", credential)
                #expect(try await login.end() == .exit(0), "\(login.errors.text)")
            }
        }

        /// SIGINT and SIGTERM while the key waits for a touch: one CANCEL, the final reply read, and nothing after it.
        @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
        func signalCancelsOnTheKey(signal: Int32, status: Int32) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let register = try bed.fidoctl("register", "--rp-id", "example.com", "--device", key.path)
                try await register.errors.wait(for: "Touch your security key")
                register.signal(signal)
                #expect(try await register.end() == .exit(status), "\(register.errors.text)")
                #expect(register.errors.lines.last == "fidoctl: cancelled")
                #expect(register.output.lines.isEmpty)
                #expect(key.wire.commands == ["INIT", "CBOR", "CBOR", "CANCEL"])
                #expect(!key.isLocked)
                let next = try await run(bed, "info", "--device", key.path)
                #expect(try await next.end() == .exit(0), "\(next.errors.text)")
            }
        }

        @Test func timeIsUpWhileTheKeyWaits() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let register = try await run(
                    bed,
                    "register",
                    "--rp-id",
                    "example.com",
                    "--device",
                    key.path,
                    "--timeout",
                    Testbed.timeLimit(1),
                    "--json"
                )
                #expect(try await register.end() == .exit(75), "\(register.errors.text)")
                #expect(register.output.text.contains(#""code":"timed-out""#))
                #expect(key.wire.cancels.count == 1)
            }
        }

        @Test func pulledOutWhileWaiting() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let register = try bed.fidoctl("register", "--rp-id", "example.com", "--timeout", Testbed.timeLimit(5))
                try await register.errors.wait(for: "Touch your security key")
                try await key.unplug()
                try await register.errors.wait(for: "was unplugged")
                try await register.errors.wait(for: "Insert your security key")
                #expect(try await register.end() == .exit(69), "\(register.errors.text)")
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel)) func keyThatMayNotBeOpened() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                try await bed.deny(key.number)
                let info = try await run(bed, "info", "--json")
                #expect(try await info.end() == .exit(77), "\(info.errors.text)")
                #expect(info.output.text.contains(#""code":"no-permission""#))
                #expect(info.output.text.contains("70-fido.rules"))
            }
        }

        @Test func withoutAKeyItWaitsForOne() async throws {
            try await Testbed.with { bed in
                let info = try await run(bed, "info", "--timeout", Testbed.timeLimit(1))
                #expect(try await info.end() == .exit(69))
                #expect(info.errors.text.contains("Insert your security key"))
                #expect(info.errors.text.contains("no security key was plugged in"))
            }
        }
    }
}
