import Glibc
import Testing

extension HidrawTests {
    /// `fidoctl fingerprints`: an enrolment reports its progress, and an unfinished one leaves nothing on the key.
    @Suite struct FingerprintRunTests {
        /// A key with a sensor, without fingerprints, that requires its PIN.
        private static let sensor = ["uv": "false", "uvBioEnroll": "false"]

        private func fingerprints(_ bed: PINBed, _ arguments: String...) throws -> Program {
            let rest = ["--pin-file", bed.pinFile, "--json", "--events", "3"]
            return try bed.bed.start([Product.fidoctl, "fingerprints"] + arguments + rest)
        }

        private func enroll(_ bed: PINBed, _ name: String) async throws {
            let enroll = try fingerprints(bed, "enroll", "--name", name)
            #expect(try await enroll.end() == .exit(0), "\(enroll.errors.text)")
        }

        /// The IDs of the fingerprints, in the key's order.
        private func ids(_ bed: PINBed) async throws -> [String] {
            let list = try fingerprints(bed, "list")
            #expect(try await list.end() == .exit(0), "\(list.errors.text)")
            #expect(try JSONPage().problems(in: list.output.text, of: "fingerprints list") == [])
            return list.output.text.matches(of: /"id":"([0-9a-f]+)"/).map { String($0.output.1) }
        }

        @Test func `the sensor is described, and without a finger nobody is asked for a PIN`() async throws {
            let more = [
                "fingerprintKind": "2", "maxCaptureSamplesRequiredForEnroll": "3", "maxTemplateFriendlyName": "9",
            ]
            try await PINBed.with(Self.sensor.merging(more) { $1 }) { bed in
                let list = try bed.start("fingerprints", "list", "--no-input", "--json")
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                let sensor = #""sensor":{"kind":"swipe","maximumNameByteCount":9,"maximumSampleCount":3}"#
                #expect(list.output.text.contains(sensor), "\(list.output.text)")
                #expect(list.output.text.contains(#""fingerprints":[]"#))
                #expect(!list.events.text.contains("pin-needed"))
            }
        }

        @Test func `each sample is reported with what was wrong with it`() async throws {
            let bad = ["sampleStatuses": "[0, 1, 7, 0]", "maxCaptureSamplesRequiredForEnroll": "3"]
            try await PINBed.with(Self.sensor.merging(bad) { $1 }) { bed in
                let enroll = try fingerprints(bed, "enroll", "--name", "left thumb")
                #expect(try await enroll.end() == .exit(0), "\(enroll.errors.text)")
                let samples = enroll.events.lines.filter { $0.contains(#""event":"sample""#) }
                #expect(
                    samples.map { line in
                        line.matches(of: /"(?:status":"([a-z-]+)|remaining":(\d+))/).map {
                            String($0.output.1 ?? $0.output.2 ?? "")
                        }
                        .sorted().joined(separator: " ")
                    } == ["2 good", "2 too-high", "2 poor-quality", "1 good", "0 good"]
                )
                #expect(
                    enroll.errors.text.contains("too high on the sensor: place your finger lower"),
                    "\(enroll.errors.text)"
                )
                #expect(enroll.errors.text.contains("the scan was poor"))
                #expect(enroll.errors.text.contains("[##-] 2 of 3"))
                #expect(enroll.output.text.contains(#""name":"left thumb""#))
                #expect(try JSONPage().problems(in: enroll.output.text, of: "fingerprints enroll") == [])
                #expect(bed.key.server.errors.lines.count { $0.contains("token given") } == 1)
            }
        }

        @Test(arguments: ["👍 left", "\u{202E}bidi", "esc \u{1B}[2J", String(repeating: "x", count: 64)])
        func `names are kept as they are and shown escaped`(name: String) async throws {
            try await PINBed.with(Self.sensor) { bed in
                try await enroll(bed, name)
                let list = try bed.start("fingerprints", "list", "--pin-file", bed.pinFile)
                #expect(try await list.end() == .exit(0))
                let isHarmless = list.output.text.unicodeScalars.allSatisfy {
                    $0 == "\n" || $0.value >= 0x20 && $0 != "\u{202E}"
                }
                #expect(isHarmless, "\(list.output.text)")
                let delete = try fingerprints(bed, "delete", name, "--yes")
                #expect(try await delete.end() == .exit(0), "\(delete.errors.text)")
                #expect(try await ids(bed) == [])
            }
        }

        @Test func `a name that is too long is refused before anybody is asked`() async throws {
            try await PINBed.with(Self.sensor.merging(["maxTemplateFriendlyName": "4"]) { $1 }) { bed in
                let enroll = try fingerprints(bed, "enroll", "--name", "thümb")
                #expect(try await enroll.end() == .exit(16))
                #expect(enroll.errors.text.contains("6 bytes long"), "\(enroll.errors.text)")
                #expect(!enroll.events.text.contains("pin-needed"))
            }
        }

        @Test func `several are listed, and named by name or by the beginning of the ID`() async throws {
            try await PINBed.with(Self.sensor) { bed in
                for name in ["one", "two", "two"] { try await enroll(bed, name) }
                let ids = try await ids(bed)
                #expect(ids.count == 3)
                let ambiguous = try fingerprints(bed, "delete", "two", "--yes")
                #expect(try await ambiguous.end() == .exit(64))
                #expect(ambiguous.errors.text.contains(ids[1]) && ambiguous.errors.text.contains(ids[2]))
                let missing = try fingerprints(bed, "rename", "nobody", "--name", "x")
                #expect(try await missing.end() == .exit(10))
                let rename = try fingerprints(bed, "rename", ids[2], "--name", "three")
                #expect(try await rename.end() == .exit(0), "\(rename.errors.text)")
                #expect(try JSONPage().problems(in: rename.output.text, of: "fingerprints rename") == [])
                let delete = try fingerprints(bed, "delete", "three", "--yes")
                #expect(try await delete.end() == .exit(0), "\(delete.errors.text)")
                #expect(try JSONPage().problems(in: delete.output.text, of: "fingerprints delete") == [])
                #expect(delete.output.text.contains(ids[2]))
                #expect(try await self.ids(bed) == Array(ids.prefix(2)))
            }
        }

        @Test func `what is deleted is shown and asked for`() async throws {
            try await PINBed.with(Self.sensor) { bed in
                try await enroll(bed, "one")
                let id = try #require(try await ids(bed).first)
                let nobody = try fingerprints(bed, "delete", "one", "--no-input")
                #expect(try await nobody.end() == .exit(64))
                for (answer, end) in [("no", Int32(14)), ("yes", 0)] {
                    let delete = try bed.atTerminal("fingerprints", "delete", "one", "--pin-file", bed.pinFile)
                    try await delete.errors.wait(for: "\(id) (one)")
                    try await delete.errors.wait(for: "the key's last fingerprint")
                    try await delete.errors.wait(forPrompt: "Type yes to delete")
                    bed.terminal.type(answer + "\n")
                    #expect(try await delete.end() == .exit(end), "\(delete.errors.text)")
                    #expect(delete.errors.text.contains("nothing was changed") == (end != 0))
                    #expect(try await ids(bed) == (end == 0 ? [] : [id]))
                }
            }
        }

        @Test func `cancelled in the middle it keeps nothing, and says so`() async throws {
            try await PINBed.with(Self.sensor, touch: "ask") { bed in
                let enroll = try fingerprints(bed, "enroll")
                try await bed.key.server.errors.wait(for: "waits for a fingerprint: enroll")
                let count = bed.key.server.errors.lines.count
                bed.key.touch()
                try await enroll.events.wait(for: #""event":"sample""#)
                try await bed.key.server.errors.wait(for: "waits for a fingerprint: enroll", after: count)
                enroll.signal(SIGINT)
                #expect(try await enroll.end() == .exit(130))
                #expect(enroll.errors.text.contains("no fingerprint was enrolled"), "\(enroll.errors.text)")
                #expect(bed.key.wire.cancels.count == 1)
                #expect(try await ids(bed) == [])
            }
        }

        @Test func `unplugged in the middle it keeps nothing, and says how to be sure`() async throws {
            try await PINBed.with(Self.sensor, touch: "ask") { bed in
                let enroll = try fingerprints(bed, "enroll")
                try await bed.key.server.errors.wait(for: "waits for a fingerprint: enroll")
                try await bed.key.unplug()
                try await enroll.events.wait(for: "waiting-for-key")
                enroll.signal(SIGINT)
                #expect(try await enroll.end() == .exit(130))
                #expect(
                    enroll.errors.text.contains("shows whether the fingerprint was enrolled"),
                    "\(enroll.errors.text)"
                )
                let again = try await PINBed.plug(in: bed.bed, 0, Self.sensor)
                let next = PINBed(bed: bed.bed, key: again, terminal: bed.terminal, pinFile: bed.pinFile)
                #expect(try await ids(next) == [])
            }
        }

        @Test func `a wrong PIN costs one try, and nothing is enrolled`() async throws {
            try await PINBed.with(Self.sensor) { bed in
                try TextFile.write("wrong horse\n", to: bed.pinFile)
                let enroll = try fingerprints(bed, "enroll")
                #expect(try await enroll.end() == .exit(11))
                #expect(enroll.errors.text.contains("no fingerprint was enrolled"), "\(enroll.errors.text)")
                #expect(try await bed.status("powerCycleNeeded") == nil)
                #expect(bed.key.server.errors.lines.count { $0.contains("PIN wrong") } == 1)
            }
        }

        @Test func `a key without room says so`() async throws {
            try await PINBed.with(Self.sensor.merging(["fingerprintCapacity": "1"]) { $1 }) { bed in
                try await enroll(bed, "one")
                let full = try fingerprints(bed, "enroll")
                #expect(try await full.end() == .exit(17))
                #expect(full.errors.text.contains("no room for another fingerprint"), "\(full.errors.text)")
            }
        }

        @Test(arguments: [["edition": #""2.0""#, "bioEnroll": #""preview""#], [:]])
        func `a key that reports by a sample that it has no room is believed at once`(key: [String: String])
            async throws
        {
            let full = key.merging(["uv": "false", "sampleStatuses": "[0, 12]"]) { $1 }
            try await PINBed.with(full) { bed in
                let enroll = try fingerprints(bed, "enroll")
                #expect(try await enroll.end() == .exit(17), "\(enroll.errors.text)")
                #expect(enroll.errors.lines.count { $0.contains("no room for another fingerprint") } == 1)
                #expect(enroll.errors.text.contains("no fingerprint was enrolled"))
                #expect(enroll.events.lines.count { $0.contains(#""event":"sample""#) } == 2)
                #expect(try await ids(bed) == [])
            }
        }

        @Test(arguments: [["list"], ["enroll"], ["rename", "x", "--name", "y"], ["delete", "x", "--yes"]])
        func `a key without a sensor is refused before anybody is asked`(arguments: [String]) async throws {
            try await PINBed.with { bed in
                let refused = try bed.bed.start(
                    [Product.fidoctl, "fingerprints"] + arguments + ["--pin-file", bed.pinFile, "--events", "3"]
                )
                #expect(try await refused.end() == .exit(16))
                #expect(refused.errors.text.contains("no fingerprint sensor"), "\(refused.errors.text)")
                #expect(!refused.events.text.contains("pin-needed"))
            }
        }

        @Test func `keys from before CTAP 2.1 enrol by their own command`() async throws {
            try await PINBed.with(["uv": "false", "bioEnroll": #""preview""#, "edition": #""2.0""#]) { bed in
                try await enroll(bed, "one")
                #expect(try await ids(bed).count == 1)
            }
        }
    }
}
