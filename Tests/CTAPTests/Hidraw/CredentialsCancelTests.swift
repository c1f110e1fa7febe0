import Glibc
import Testing
import WebAuthn

extension HidrawTests {
    /// Commands that change credentials, ended in different ways at each step: the key is idle afterwards, and the message
    /// matches the outcome.
    @Suite struct CredentialsCancelTests {
        private static let accounts = [StoredAccount("a.example", "alice"), StoredAccount("b.example", "bob")]

        enum Command: String, CaseIterable, Sendable {
            case delete, rename, signal

            /// The arguments, with `file` for a signal that accepts no credential of bob.
            func arguments(_ file: String) -> [String] {
                switch self {
                case .delete: ["credentials", "delete", "--rp-id", "b.example"]
                case .rename: ["credentials", "rename", "--rp-id", "b.example", "--name", "robert"]
                case .signal: ["signal", "accepted", file]
                }
            }

            var subcommand: String { self == .rename ? "updateUserInformation" : "deleteCredential" }
        }

        enum Step: String, CaseIterable, Sendable {
            case pin, list, consent, change

            /// The scenario's rule that delays the key at this step.
            func rule(_ command: Command) -> String? {
                switch self {
                case .pin, .consent: nil
                case .list: "enumerateCredentialsBegin"
                case .change: command.subcommand
                }
            }
        }

        @Test(arguments: Command.allCases, Step.allCases)
        func `a signal leaves the credentials as they were`(command: Command, step: Step) async throws {
            try await with(command, at: step) { bed, program in
                program.signal(SIGINT)
                let end = try await program.end()
                #expect(end == .exit(130), "\(program.errors.text)")
                #expect(program.errors.text.contains("nothing was changed"), "\(program.errors.text)")
                #expect(program.output.text.isEmpty)
                #expect(!bed.key.isLocked)
                #expect(try await remaining(bed) == ["alice", "bob"])
            }
        }

        @Test(arguments: Command.allCases, Step.allCases)
        func `pulled out at any step, the key keeps its credentials`(command: Command, step: Step) async throws {
            try await with(command, at: step) { bed, program in
                try await bed.key.unplug()
                try await program.errors.wait(for: "was unplugged")
                program.signal(SIGINT)
                let end = try await program.end()
                #expect(end == .exit(130), "\(program.errors.text)")
                #expect(program.output.text.isEmpty)
                let expected = step == .change ? "not known" : "nothing was changed"
                #expect(program.errors.text.contains(expected), "\(program.errors.text)")
                #expect(try await remaining(bed) == ["alice", "bob"])
            }
        }

        @Test func `an unanswered question ends with the time, and nothing is changed`() async throws {
            try await with(.delete, at: .consent, timeout: Testbed.timeLimit(6)) { bed, program in
                let end = try await program.end()
                #expect(end == .exit(75), "\(program.errors.text)")
                #expect(program.errors.text.contains("nothing was changed"), "\(program.errors.text)")
                #expect(try await remaining(bed) == ["alice", "bob"])
            }
        }

        @Test func `any other answer than yes changes nothing`() async throws {
            try await with(.delete, at: .consent) { bed, program in
                bed.terminal.type("y\n")
                let end = try await program.end()
                #expect(end == .exit(14), "\(program.errors.text)")
                #expect(program.errors.text.contains("nothing was changed"))
                #expect(try await remaining(bed) == ["alice", "bob"])
            }
        }

        /// Starts the command at the terminal and calls `body` when it reaches the step.
        private func with(
            _ command: Command,
            at step: Step,
            timeout: String = "60",
            _ body: (PINBed, Program) async throws -> Void
        ) async throws {
            try await Testbed.with { bed in
                try await StoredAccount.store(Self.accounts, in: "\(bed.folder)/key0")
                let rules = step.rule(command).map { [#"{"on": "\#($0)", "processing": 60}"#] } ?? []
                let key = try await PINBed.plug(in: bed, 0, rules: rules)
                let pinFile = bed.folder + "/pin"
                try TextFile.write(PINBed.pin + "\n", to: pinFile)
                let here = PINBed(bed: bed, key: key, terminal: try PseudoTerminal(), pinFile: pinFile)
                let user = Base64URL.encode(Array("b.example/bob".utf8))
                let signal = #"{"rpId":"b.example","userId":"\#(user)","allAcceptedCredentialIds":[]}"#
                try TextFile.write(signal, to: bed.folder + "/signal")
                let arguments = [Product.fidoctl] + command.arguments(bed.folder + "/signal")
                let program = try bed.start(
                    arguments + ["--timeout", timeout, "--events", "3"],
                    environment: ["TERM": "xterm"],
                    terminal: here.terminal
                )
                try await program.errors.wait(forPrompt: "PIN of ")
                if step != .pin { here.terminal.type(PINBed.pin + "\n") }
                if step == .consent || step == .change { try await program.errors.wait(forPrompt: "Type yes") }
                if step == .change {
                    let count = program.events.lines.count { $0.contains("processing") }
                    here.terminal.type("yes\n")
                    _ = try await program.events.wait { lines in
                        lines.count { $0.contains("processing") } > count ? true : nil
                    }
                } else if step == .list {
                    try await program.events.wait(for: "processing")
                }
                try await body(here, program)
            }
        }

        /// The names of the accounts on the key, read without the scenario's rules.
        private func remaining(_ bed: PINBed) async throws -> [String?] {
            if TextFile.exists("\(bed.bed.folder)/dev/hidraw0") || Testbed.usesKernel { try? await bed.key.unplug() }
            let key = try await PINBed.plug(in: bed.bed, 0)
            return try await PINBed(bed: bed.bed, key: key, terminal: bed.terminal, pinFile: bed.pinFile).listed()
                .map(\.name)
        }
    }
}
