import Glibc
import Testing

extension HidrawTests {
    /// `fidoctl reset`: erases a key only after the confirmation, and never another key.
    @Suite struct ResetRunTests {
        @Test func `a reset asks, has the key replugged and touched, and the credential is gone`() async throws {
            try await Testbed.with { bed in
                let key = try await plug(in: bed)
                let credential = try await register(in: bed)
                let terminal = try PseudoTerminal()
                let reset = try start(in: bed, terminal: terminal)
                try await reset.errors.wait(for: "every credential")
                try await reset.errors.wait(forPrompt: "Type reset")
                terminal.type("reset\n")
                try await reset.events.wait(for: "unplug-needed")
                try await key.unplug()
                try await reset.events.wait(for: "waiting-for-key")
                let again = try await plug(in: bed, touch: "ask")
                try await again.server.errors.wait(for: "waits for a touch: reset")
                try await reset.needsTouch(of: [again])
                again.touch()
                #expect(try await reset.end() == .exit(0), "\(reset.errors.text)")
                #expect(reset.output.text.contains(again.path), "\(reset.output.text)")
                #expect(reset.errors.text.contains("Unplug ") && reset.errors.text.contains(" in again"))
                let login = try bed.fidoctl("assert", "--credential", credential)
                #expect(try await login.end() == .exit(10), "\(login.errors.text)")
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel, "its devices are in no USB port"))
        func `another key of the same model without a serial number is not taken for it`() async throws {
            try await Testbed.with { bed in
                let key = try await plug(in: bed)
                let credential = try await register(in: bed)
                let reset = try bed.start(
                    [Product.fidoctl, "reset", "--yes", "--events", "3", "--device", key.path]
                )
                try await reset.events.wait(for: "unplug-needed")
                let other = try await plug(in: bed, 1)
                try await key.unplug()
                try await reset.events.wait(for: "waiting-for-key")
                let again = try await plug(in: bed)
                #expect(try await reset.end() == .exit(0), "\(reset.errors.text)")
                #expect(other.wire.toKey.isEmpty)
                let login = try bed.fidoctl("assert", "--credential", credential, "--device", again.path)
                #expect(try await login.end() == .exit(10), "\(login.errors.text)")
            }
        }

        @Test func `whoever gives the PIN sees which credentials will be lost`() async throws {
            try await PINBed.with(accounts: [StoredAccount("a.example", "alice"), StoredAccount("b.example", "bob")]) {
                bed in
                let reset = try bed.atTerminal("reset", "--pin-file", bed.pinFile)
                try await reset.errors.wait(for: "alice at a.example")
                try await reset.errors.wait(for: "bob at b.example")
                try await reset.errors.wait(forPrompt: "Type reset")
                bed.terminal.type("no\n")
                #expect(try await reset.end() == .exit(14))
                #expect(try await bed.listed().count == 2)
            }
        }

        @Test func `any other answer erases nothing`() async throws {
            try await Testbed.with { bed in
                _ = try await plug(in: bed)
                let credential = try await register(in: bed)
                let terminal = try PseudoTerminal()
                let reset = try start(in: bed, terminal: terminal)
                try await reset.errors.wait(forPrompt: "Type reset")
                terminal.type("yes\n")
                #expect(try await reset.end() == .exit(14))
                #expect(reset.errors.text.contains("nothing was changed"))
                try await expectLogin(credential, in: bed)
            }
        }

        @Test func `without a terminal or with --no-input it wants --yes before anybody does anything`() async throws {
            try await Testbed.with { bed in
                let key = try await plug(in: bed)
                let reset = try bed.fidoctl("reset", "--no-input")
                #expect(try await reset.end() == .exit(64))
                #expect(reset.errors.text.contains("--yes"))
                #expect(try await key.finalWire().toKey.isEmpty)
            }
        }

        @Test(arguments: [Point.confirmation, .removal, .touch])
        func `cancelled at any step it leaves the key as it was`(point: Point) async throws {
            try await Testbed.with { bed in
                var key = try await plug(in: bed)
                let credential = try await register(in: bed)
                let terminal = try PseudoTerminal()
                let reset = try start(in: bed, terminal: terminal)
                try await reset.errors.wait(forPrompt: "Type reset")
                if point != .confirmation {
                    terminal.type("reset\n")
                    try await reset.events.wait(for: "unplug-needed")
                }
                if point == .touch {
                    try await key.unplug()
                    try await reset.events.wait(for: "waiting-for-key")
                    key = try await plug(in: bed, touch: "never")
                    try await reset.needsTouch(of: [key])
                }
                reset.signal(SIGINT)
                #expect(try await reset.end() == .exit(130), "\(reset.errors.text)")
                if point == .touch {
                    try await key.expectCancelled()
                    try await key.unplug()
                    _ = try await plug(in: bed)
                }
                try await expectLogin(credential, in: bed)
            }
        }

        enum Point: Sendable {
            case confirmation
            case removal
            case touch
        }

        @Test func `a key that stays plugged in is named when the time is over`() async throws {
            try await Testbed.with { bed in
                _ = try await plug(in: bed)
                let reset = try bed.fidoctl("reset", "--yes", "--timeout", Testbed.timeLimit(2))
                #expect(try await reset.end() == .exit(75))
                #expect(reset.errors.text.contains("was not unplugged and plugged in again"))
                #expect(reset.errors.text.contains("nothing was erased"))
            }
        }

        /// Plugs in a key; the same number means the same key.
        private func plug(in bed: Testbed, _ number: Int = 0, touch: String = "auto") async throws -> PluggedKey {
            try await bed.plug(number, serving: ["--state", "\(bed.folder)/key\(number)", "--touch", touch])
        }

        private func start(in bed: Testbed, terminal: PseudoTerminal) throws -> Program {
            try bed.start(
                [Product.fidoctl, "reset", "--json", "--events", "3"],
                environment: ["TERM": "xterm"],
                terminal: terminal
            )
        }

        private func register(in bed: Testbed) async throws -> String {
            let register = try bed.fidoctl("register", "--rp-id", "example.com", "--user", "u", "--json")
            #expect(try await register.end() == .exit(0), "\(register.errors.text)")
            let file = bed.folder + "/credential"
            try TextFile.write(register.output.text, to: file)
            return file
        }

        private func expectLogin(_ credential: String, in bed: Testbed) async throws {
            let login = try bed.fidoctl("assert", "--credential", credential)
            #expect(try await login.end() == .exit(0), "\(login.errors.text)")
        }
    }
}
