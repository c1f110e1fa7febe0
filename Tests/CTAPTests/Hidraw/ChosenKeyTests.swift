import Glibc
import Testing

extension HidrawTests {
    /// Several keys with PINs: the prompt comes only once the key is chosen.
    @Suite struct ChosenKeyTests {
        private static let register = ["register", "--rp-id", "example.com", "--user", "u"]

        @Test func thePINIsAskedOfTheTouchedKeyAloneAndTheOthersAreCancelled() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(3, in: bed)
                let fidoctl = try bed.start(
                    [Product.fidoctl] + Self.register + ["--events", "3", "--pin-file", try pinFile(in: bed)]
                )
                try await fidoctl.needsTouch(of: keys)
                #expect(!fidoctl.events.text.contains("pin-needed"))
                keys[1].touch()
                try await keys[1].server.errors.wait(for: "waits for a touch: register")
                for other in [keys[0], keys[2]] { try await other.expectCancelled() }
                keys[1].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                let asked = fidoctl.events.lines.filter { $0.contains("pin-needed") }
                #expect(asked.count == 1 && asked.allSatisfy { $0.contains("\"\(keys[1].path)\"") }, "\(asked)")
                #expect(try await keys[1].finalWire().cancels == [])
            }
        }

        @Test func aKeyAloneIsAskedForItsPINWithoutATouch() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(1, in: bed)
                let fidoctl = try bed.start(
                    [Product.fidoctl] + Self.register + ["--events", "3", "--pin-file", try pinFile(in: bed)]
                )
                try await keys[0].server.errors.wait(for: "waits for a touch: register")
                keys[0].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(!keys[0].server.errors.text.contains("waits for a touch: select"))
            }
        }

        /// The user sees the prompt for the wrong key and unplugs it.
        @Test func theChosenKeyPulledOutAtItsPromptLeavesTheChoiceToTheOthers() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(2, in: bed)
                let terminal = try PseudoTerminal()
                let fidoctl = try bed.start(
                    [Product.fidoctl] + Self.register + ["--events", "3"],
                    terminal: terminal
                )
                try await fidoctl.needsTouch(of: keys)
                keys[0].touch()
                try await fidoctl.events.wait(for: "pin-needed")
                try await keys[0].unplug()
                let path = keys[1].path
                try await fidoctl.events.wait { lines in
                    lines.contains { $0.contains("pin-needed") && $0.contains("\"\(path)\"") } ? () : nil
                }
                try await fidoctl.errors.wait(for: "was unplugged")
                // Input typed before the prompt is discarded.
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                terminal.type("1234\n")
                try await keys[1].server.errors.wait(for: "waits for a touch: register")
                keys[1].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(try await keys[1].finalWire().cancels.count == 1)
            }
        }

        private func plug(_ count: Int, in bed: Testbed) async throws -> [PluggedKey] {
            let scenario = Product.project + "/scenarios/keys/pin.json"
            var keys: [PluggedKey] = []
            for number in 0..<count {
                keys.append(try await bed.plug(number, serving: ["--touch", "ask", "--scenario", scenario]))
            }
            return keys
        }

        private func pinFile(in bed: Testbed) throws -> String {
            let file = bed.folder + "/pin"
            try TextFile.write("1234\n", to: file)
            return file
        }
    }
}
