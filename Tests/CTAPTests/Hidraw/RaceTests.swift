import Glibc
import Testing

extension HidrawTests {
    /// Several keys at once: the touched one decides, and the others are left idle.
    @Suite struct RaceTests {
        private static let register = ["register", "--rp-id", "example.com", "--user", "u"]

        @Test func keysWithoutTheCredentialDropOutAndEndNothing() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(4, in: bed)
                let credential = try await bed.credential(on: keys[2])
                let fidoctl = try start(["assert", "--credential", credential.file], in: bed)
                for key in [keys[0], keys[1], keys[3]] {
                    try await key.server.errors.wait(for: "status 0x2e")
                    // Until its reply is read, a touch of another key rightly cancels it.
                    try await eventually("\(key.path) is let go") { !key.isLocked }
                }
                try await fidoctl.events.wait(for: "touch-needed")
                keys[2].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(fidoctl.events.lines.contains { $0.contains("key-selected") && $0.contains(keys[2].path) })
                for key in keys {
                    #expect(!key.isLocked)
                    #expect(try await key.finalWire().cancels == [])
                }
            }
        }

        /// Some keys require a touch before they report that they have no credential.
        @Test func theKeyWithTheCredentialIsTouchedAndTheOthersThatWaitAreCancelled() async throws {
            try await Testbed.with { bed in
                let file = Product.project + "/scenarios/touch-first.json"
                var keys: [PluggedKey] = []
                for number in 0..<4 {
                    let options = number == 2 ? ["--touch", "ask"] : ["--scenario", file]
                    keys.append(try await bed.plug(number, serving: options))
                }
                let credential = try await bed.credential(on: keys[2])
                let trace = bed.folder + "/trace"
                let fidoctl = try start(["assert", "--credential", credential.file, "--trace", trace], in: bed)
                try await fidoctl.needsTouch(of: keys)
                keys[2].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                for loser in [keys[0], keys[1], keys[3]] {
                    #expect(try await loser.finalWire().afterLastRequest == ["CANCEL"])
                    #expect(!loser.isLocked)
                    let last = packets(of: loser, in: trace).last ?? ""
                    #expect(last.contains("\"in\"") && last.contains("9000012d"), "\(last)")
                }
                #expect(try await keys[2].finalWire().cancels == [])
            }
        }

        @Test(arguments: ["register", "assert"])
        func theTouchedKeyWinsAndTheOthersAreCancelledAndDrained(command: String) async throws {
            try await Testbed.with { bed in
                let keys = try await plug(4, in: bed)
                var arguments = Self.register
                if command == "assert" {
                    arguments = ["assert", "--credential"]
                    for key in keys { arguments.append(try await bed.credential(on: key).file) }
                }
                let trace = bed.folder + "/trace"
                let fidoctl = try start(arguments + ["--trace", trace], in: bed)
                try await fidoctl.needsTouch(of: keys)
                keys[1].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(fidoctl.events.lines.contains { $0.contains("key-selected") && $0.contains(keys[1].path) })
                for key in keys { #expect(!key.isLocked) }

                for loser in [keys[0], keys[2], keys[3]] {
                    try await loser.expectCancelled()
                    let last = packets(of: loser, in: trace).last ?? ""
                    // A CBOR message of one byte: CTAP2_ERR_KEEPALIVE_CANCEL.
                    #expect(last.contains("\"in\"") && last.contains("9000012d"), "\(last)")
                }
                #expect(try await keys[1].finalWire().cancels == [])
            }
        }

        @Test func aKeyPluggedInMeanwhileTakesPart() async throws {
            try await Testbed.with { bed in
                let first = try await bed.plug(0, serving: ["--touch", "ask"])
                let fidoctl = try start(Self.register, in: bed)
                try await fidoctl.needsTouch(of: [first])
                let second = try await bed.plug(1, serving: ["--touch", "ask"])
                try await fidoctl.needsTouch(of: [second])
                second.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                try await first.expectCancelled()
            }
        }

        @Test func aKeyPulledOutDropsOutOfTheRace() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(2, in: bed)
                let fidoctl = try start(Self.register, in: bed)
                try await fidoctl.needsTouch(of: keys)
                try await keys[0].unplug()
                try await fidoctl.errors.wait(for: "was unplugged")
                keys[1].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(!fidoctl.events.text.contains("waiting-for-key"))
                #expect(keys[0].wire.cancels == [])
            }
        }

        /// The limit is between the longest cancel, 2 s, and the time-out, which a login that waits for the key would
        /// reach.
        @Test func aKeyThatHangsWhileItWaitsForItsTouchHoldsUpNobody() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(2, in: bed)
                let trace = bed.folder + "/trace"
                let fidoctl = try start(Self.register + ["--timeout", "600", "--trace", trace], in: bed)
                try await fidoctl.needsTouch(of: keys)
                keys[1].server.signal(SIGSTOP)
                keys[0].touch()
                #expect(try await fidoctl.end(within: Testbed.bound(15)) == .exit(0), "\(fidoctl.errors.text)")
                #expect(!keys[1].isLocked)
                keys[1].server.signal(SIGCONT)
                #expect(try await keys[1].finalWire().cancels.count == 1)
                // Nothing answers the CANCEL, so INIT resynchronizes the channel. The test looks for it in our log,
                // since a key that wakes up may find its client gone before it reads the INIT.
                #expect(packets(of: keys[1], in: trace).last?.contains("860008") == true)
            }
        }

        @Test func aKeyThatDoesNotEvenAnswerINITHoldsUpNobody() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(2, in: bed)
                keys[1].server.signal(SIGSTOP)
                let trace = bed.folder + "/trace"
                let fidoctl = try start(Self.register + ["--timeout", "600", "--trace", trace], in: bed)
                try await fidoctl.needsTouch(of: [keys[0]])
                keys[0].touch()
                #expect(try await fidoctl.end(within: Testbed.bound(15)) == .exit(0), "\(fidoctl.errors.text)")
                #expect(!keys[1].isLocked)
                keys[1].server.signal(SIGCONT)
                #expect(try await keys[1].finalWire().commands == ["INIT"])
                // There are no unread packets for the key either.
                #expect(packets(of: keys[1], in: trace).count == 1)
            }
        }

        @Test func anExcludedKeySaysSoOnlyOnceTouchedAndThenForAll() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(3, in: bed)
                let credential = try await bed.credential(on: keys[0])
                let fidoctl = try start(Self.register + ["--exclude", credential.id], in: bed)
                try await fidoctl.needsTouch(of: keys)
                keys[0].touch()
                #expect(try await fidoctl.end() == .exit(15), "\(fidoctl.errors.text)")
                for other in keys.dropFirst() { try await other.expectCancelled() }
            }
        }

        @Test func anExcludedKeyThatNobodyTouchesHindersNoOther() async throws {
            try await Testbed.with { bed in
                let keys = try await plug(2, in: bed)
                let credential = try await bed.credential(on: keys[0])
                let fidoctl = try start(Self.register + ["--exclude", credential.id], in: bed)
                try await fidoctl.needsTouch(of: keys)
                keys[1].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                try await keys[0].expectCancelled()
            }
        }

        private func plug(_ count: Int, in bed: Testbed) async throws -> [PluggedKey] {
            var keys: [PluggedKey] = []
            for number in 0..<count { keys.append(try await bed.plug(number, serving: ["--touch", "ask"])) }
            return keys
        }

        private func start(_ arguments: [String], in bed: Testbed) throws -> Program {
            try bed.start([Product.fidoctl] + arguments + ["--events", "3"])
        }

        /// The key's lines in the file that `--trace` names.
        private func packets(of key: PluggedKey, in trace: String) -> [Substring] {
            TextFile.contents(trace).split(separator: "\n").filter { $0.contains("\"\(key.path)\"") }
        }
    }
}
