import Glibc
import Testing

extension HidrawTests {
    /// `fidoctl config`: unsupported settings fail before a prompt, and irrevocable changes require confirmation.
    @Suite struct ConfigRunTests {
        /// The arguments that change each setting, and the setting's JSON after the change.
        private static let changes: [(arguments: [String], shown: String)] = [
            (["enterprise-attestation", "--yes"], #""enterpriseAttestation":{"offered":true,"on":true}"#),
            (["always-uv", "on"], #""alwaysUv":{"offered":true,"on":true}"#),
            (["min-pin-length", "6", "--yes"], #""minPINLength":{"maximumRPIDs":8,"offered":true,"value":6}"#),
            (["pin-complexity", "--yes"], #""pinComplexity":{"offered":true,"on":true}"#),
            (["force-pin-change"], #""forcePINChange":{"offered":true,"on":true}"#),
            (["long-touch-reset", "--yes"], #""longTouchReset":{"offered":true,"on":true}"#),
        ]

        private func config(_ bed: PINBed, _ arguments: [String], pin: Bool = false) throws -> Program {
            let pin = pin ? ["--pin-file", bed.pinFile] : ["--no-input"]
            return try bed.bed.start([Product.fidoctl, "config"] + arguments + pin + ["--json", "--events", "3"])
        }

        @Test(arguments: changes)
        func `a setting is changed, shown, and not changed again`(arguments: [String], shown: String) async throws {
            try await PINBed.with { bed in
                let change = try config(bed, arguments, pin: true)
                #expect(try await change.end() == .exit(0), "\(change.errors.text)")
                #expect(change.output.text.contains(shown), "\(change.output.text)")
                #expect(change.output.text.contains(#""changed":true"#))
                #expect(try JSONPage().problems(in: change.output.text, of: "config " + arguments[0]) == [])
                let show = try config(bed, ["show"])
                #expect(try await show.end() == .exit(0))
                #expect(try JSONPage().problems(in: show.output.text, of: "config show") == [])
                #expect(show.output.text.contains(shown))
                let again = try config(bed, arguments)
                #expect(try await again.end() == .exit(0), "\(again.errors.text)")
                #expect(again.output.text.contains(#""changed":false"#))
            }
        }

        @Test func `one verification is enough for a change`() async throws {
            try await PINBed.with { bed in
                let change = try config(bed, ["enterprise-attestation", "--yes"], pin: true)
                #expect(try await change.end() == .exit(0), "\(change.errors.text)")
                #expect(bed.key.server.errors.lines.count { $0.contains("token given") } == 1)
            }
        }

        @Test func `always-uv is turned off again`() async throws {
            try await PINBed.with(["alwaysUv": "true"]) { bed in
                let off = try config(bed, ["always-uv", "off"], pin: true)
                #expect(try await off.end() == .exit(0), "\(off.errors.text)")
                #expect(off.output.text.contains(#""alwaysUv":{"offered":true,"on":false}"#))
            }
        }

        @Test(arguments: changes)
        func `a key that does not support the setting is not asked for anything, nor is anybody else`(
            arguments: [String],
            shown: String
        ) async throws {
            try await PINBed.with(["authenticatorConfigCommands": "[]"]) { bed in
                let change = try config(bed, arguments, pin: true)
                #expect(try await change.end() == .exit(16), "\(change.errors.text)")
                #expect(change.errors.text.contains("does not support the setting \(arguments[0])"))
                #expect(!change.events.text.contains("pin-needed"))
                let show = try config(bed, ["show"])
                #expect(try await show.end() == .exit(0))
                #expect(!show.output.text.contains(#""offered":true"#), "\(show.output.text)")
            }
        }

        @Test func `only what the key lists is offered`() async throws {
            try await PINBed.with(["authenticatorConfigCommands": "[2]"]) { bed in
                let refused = try config(bed, ["enterprise-attestation", "--yes"], pin: true)
                #expect(try await refused.end() == .exit(16))
                let show = try config(bed, ["show"])
                #expect(try await show.end() == .exit(0))
                #expect(show.output.text.contains(#""alwaysUv":{"offered":true"#), "\(show.output.text)")
                #expect(show.output.text.contains(#""longTouchReset":{"offered":false"#))
            }
        }

        @Test(arguments: ["enterprise-attestation", "min-pin-length 6", "pin-complexity", "long-touch-reset"])
        func `what only a reset undoes is asked for`(command: String) async throws {
            try await PINBed.with { bed in
                let arguments = command.split(separator: " ").map(String.init)
                let nobody = try config(bed, arguments, pin: true)
                #expect(try await nobody.end() == .exit(64))
                #expect(nobody.errors.text.contains("--yes"))
                let asked = try bed.bed.start(
                    [Product.fidoctl, "config"] + arguments + ["--pin-file", bed.pinFile],
                    environment: ["TERM": "xterm"],
                    terminal: bed.terminal
                )
                try await asked.errors.wait(for: "only resetting the key can undo this")
                try await asked.errors.wait(forPrompt: "Type yes")
                bed.terminal.type("no\n")
                #expect(try await asked.end() == .exit(14))
                #expect(asked.errors.text.contains("nothing was changed"))
                let changed = try config(bed, arguments + ["--yes"], pin: true)
                #expect(try await changed.end() == .exit(0))
                #expect(changed.output.text.contains(#""changed":true"#))
            }
        }

        @Test func `the minimum length is never lowered, and a PIN below it must be changed`() async throws {
            try await PINBed.with(["minPINLength": "8", "pin": #""12345678""#]) { bed in
                try TextFile.write("12345678\n", to: bed.pinFile)
                let lower = try config(bed, ["min-pin-length", "6", "--yes"], pin: true)
                #expect(try await lower.end() == .exit(18))
                #expect(!lower.events.text.contains("pin-needed"))
                let higher = try config(
                    bed,
                    ["min-pin-length", "10", "--rp-id", "example.com", "--rp-id", "example.org", "--yes"],
                    pin: true
                )
                #expect(try await higher.end() == .exit(0), "\(higher.errors.text)")
                #expect(higher.output.text.contains(#""forcePINChange":{"offered":true,"on":true}"#))
            }
        }

        @Test func `more sites than the key takes are refused`() async throws {
            try await PINBed.with(["maxRPIDsForSetMinPINLength": "1"]) { bed in
                let change = try config(
                    bed,
                    ["min-pin-length", "6", "--rp-id", "a.example", "--rp-id", "b.example", "--yes"],
                    pin: true
                )
                #expect(try await change.end() == .exit(16))
                #expect(!change.events.text.contains("pin-needed"))
            }
        }

        @Test func `a forced change is warned of, and needs a PIN to be changed`() async throws {
            try await PINBed.with { bed in
                let force = try config(bed, ["force-pin-change"], pin: true)
                #expect(try await force.end() == .exit(0))
                #expect(force.errors.text.contains("the PIN must be changed before it can be used again"))
            }
            try await PINBed.with(["pin": ""]) { bed in
                let force = try config(bed, ["force-pin-change"])
                #expect(try await force.end() == .exit(16), "\(force.errors.text)")
            }
        }

        @Test func `a wrong PIN changes nothing, and says so`() async throws {
            try await PINBed.with { bed in
                try TextFile.write("wrong horse\n", to: bed.pinFile)
                let change = try config(bed, ["always-uv", "on"], pin: true)
                #expect(try await change.end() == .exit(11))
                #expect(change.errors.text.contains("nothing was changed"), "\(change.errors.text)")
                try await expectUnchanged(bed)
                #expect(try await bed.status("retries") == 7)
            }
        }

        @Test(arguments: ["Type yes", "PIN of"])
        func `cancelled at a question it changes nothing, and says so`(question: String) async throws {
            try await PINBed.with { bed in
                let change = try bed.atTerminal("config", "enterprise-attestation")
                try await change.errors.wait(forPrompt: "Type yes")
                if question != "Type yes" {
                    bed.terminal.type("yes\n")
                    try await change.errors.wait(forPrompt: question)
                }
                change.signal(SIGINT)
                #expect(try await change.end() == .exit(130))
                #expect(change.errors.text.contains("nothing was changed"), "\(change.errors.text)")
                try await expectUnchanged(bed)
            }
        }

        @Test func `cancelled while the key is at it, it changes nothing, and says so`() async throws {
            try await PINBed.with(rules: [#"{"on": "config", "processing": 60}"#]) { bed in
                let change = try config(bed, ["always-uv", "on"], pin: true)
                try await bed.key.server.errors.wait(for: "KEEPALIVE 1")
                change.signal(SIGINT)
                #expect(try await change.end() == .exit(130))
                #expect(change.errors.text.contains("nothing was changed"), "\(change.errors.text)")
                #expect(bed.key.wire.cancels.count == 1)
                try await expectUnchanged(bed)
            }
        }

        @Test func `unplugged while the key is at it, it says that this is not known`() async throws {
            try await PINBed.with(rules: [#"{"on": "config", "processing": 60}"#]) { bed in
                let change = try config(bed, ["always-uv", "on"], pin: true)
                try await bed.key.server.errors.wait(for: "KEEPALIVE 1")
                try await bed.key.unplug()
                try await change.events.wait(for: "waiting-for-key")
                change.signal(SIGINT)
                #expect(try await change.end() == .exit(130))
                #expect(change.errors.text.contains("not known whether the key was changed"), "\(change.errors.text)")
                #expect(change.errors.text.contains("fidoctl config show"))
                let again = try await PINBed.plug(in: bed.bed, 0)
                try await expectUnchanged(
                    PINBed(bed: bed.bed, key: again, terminal: bed.terminal, pinFile: bed.pinFile)
                )
            }
        }

        private func expectUnchanged(_ bed: PINBed) async throws {
            let show = try config(bed, ["show"])
            #expect(try await show.end() == .exit(0), "\(show.errors.text)")
            #expect(show.output.text.contains(#""alwaysUv":{"offered":true,"on":false}"#), "\(show.output.text)")
            #expect(show.output.text.contains(#""enterpriseAttestation":{"offered":true,"on":false}"#))
        }
    }
}
