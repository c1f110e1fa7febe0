import Glibc
import Testing

extension HidrawTests {
    /// `fidoctl credentials delete`, ended in different ways at each step: the key is idle afterwards, and the message
    /// matches the outcome.
    @Suite struct CredentialsCancelTests {
        private static let accounts = [StoredAccount("a.example", "alice"), StoredAccount("b.example", "bob")]

        enum Step: String, CaseIterable, Sendable {
            case pin, list, consent, deletion

            /// The scenario's rule that delays the key at this step.
            var rule: String? {
                switch self {
                case .pin, .consent: nil
                case .list: "enumerateCredentialsBegin"
                case .deletion: "deleteCredential"
                }
            }
        }

        @Test(arguments: Step.allCases)
        func `a signal leaves the credentials as they were`(step: Step) async throws {
            try await withDelete(at: step) { bed, delete in
                delete.signal(SIGINT)
                let end = try await delete.end()
                #expect(end == .exit(130), "\(delete.errors.text)")
                #expect(delete.errors.text.contains("nothing was changed"), "\(delete.errors.text)")
                #expect(delete.output.text.isEmpty)
                #expect(!bed.key.isLocked)
                #expect(try await remaining(bed) == 2)
            }
        }

        @Test(arguments: Step.allCases)
        func `pulled out at any step, the key keeps its credentials`(step: Step) async throws {
            try await withDelete(at: step) { bed, delete in
                try await bed.key.unplug()
                try await delete.errors.wait(for: "was unplugged")
                delete.signal(SIGINT)
                let end = try await delete.end()
                #expect(end == .exit(130), "\(delete.errors.text)")
                #expect(delete.output.text.isEmpty)
                let expected = step == .deletion ? "not known" : "nothing was changed"
                #expect(delete.errors.text.contains(expected), "\(delete.errors.text)")
                #expect(try await remaining(bed) == 2)
            }
        }

        @Test func `an unanswered question ends with the time, and nothing is changed`() async throws {
            try await withDelete(at: .consent, timeout: "6") { bed, delete in
                let end = try await delete.end()
                #expect(end == .exit(75), "\(delete.errors.text)")
                #expect(delete.errors.text.contains("nothing was changed"), "\(delete.errors.text)")
                #expect(try await remaining(bed) == 2)
            }
        }

        @Test func `any other answer than yes changes nothing`() async throws {
            try await withDelete(at: .consent) { bed, delete in
                bed.terminal.type("y\n")
                let end = try await delete.end()
                #expect(end == .exit(14), "\(delete.errors.text)")
                #expect(delete.errors.text.contains("nothing was changed"))
                #expect(try await remaining(bed) == 2)
            }
        }

        /// Starts a deletion at the terminal and calls `body` when it reaches the step.
        private func withDelete(
            at step: Step,
            timeout: String = "60",
            _ body: (PINBed, Program) async throws -> Void
        ) async throws {
            try await Testbed.with { bed in
                try await StoredAccount.store(Self.accounts, in: "\(bed.folder)/key0")
                let rules = step.rule.map { [#"{"on": "\#($0)", "processing": 60}"#] } ?? []
                let key = try await PINBed.plug(in: bed, 0, rules: rules)
                let pinFile = bed.folder + "/pin"
                try TextFile.write(PINBed.pin + "\n", to: pinFile)
                let here = PINBed(bed: bed, key: key, terminal: try PseudoTerminal(), pinFile: pinFile)
                let delete = try here.atTerminal(
                    "credentials",
                    "delete",
                    "--rp-id",
                    "b.example",
                    "--timeout",
                    timeout
                )
                try await delete.errors.wait(forPrompt: "PIN of ")
                if step != .pin { here.terminal.type(PINBed.pin + "\n") }
                if step == .consent || step == .deletion { try await delete.errors.wait(forPrompt: "Type yes") }
                if step == .deletion {
                    let count = delete.events.lines.count { $0.contains("processing") }
                    here.terminal.type("yes\n")
                    _ = try await delete.events.wait { lines in
                        lines.count { $0.contains("processing") } > count ? true : nil
                    }
                } else if step == .list {
                    try await delete.events.wait(for: "processing")
                }
                try await body(here, delete)
            }
        }

        /// The number of credentials on the key, read without the scenario's rules.
        private func remaining(_ bed: PINBed) async throws -> Int {
            if TextFile.exists("\(bed.bed.folder)/dev/hidraw0") || Testbed.usesKernel { try? await bed.key.unplug() }
            let key = try await PINBed.plug(in: bed.bed, 0)
            return try await PINBed(bed: bed.bed, key: key, terminal: bed.terminal, pinFile: bed.pinFile).listed().count
        }
    }
}
