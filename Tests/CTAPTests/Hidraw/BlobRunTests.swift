import Glibc
import Testing

extension HidrawTests {
    /// `fidoctl blobs`: the owners of blobs, and no loss without consent.
    @Suite struct BlobRunTests {
        private static let one = BlobKey(elements: [.blob(of: 0, Array("hello".utf8))])
        /// One element of each kind.
        private static let mixed = BlobKey(
            rpIds: ["example.com", "example.org"],
            elements: [.blob(of: 1, Array("hello".utf8)), .foreign, .orphan([1, 2, 3])]
        )

        private func blobs(_ bed: PINBed, _ arguments: String...) throws -> Program {
            try bed.bed.start([Product.fidoctl, "blobs"] + arguments + ["--pin-file", bed.pinFile, "--events", "3"])
        }

        private func list(_ bed: PINBed) async throws -> String {
            let list = try blobs(bed, "list", "--json")
            #expect(try await list.end() == .exit(0), "\(list.errors.text)")
            #expect(try JSONPage().problems(in: list.output.text, of: "blobs list") == [])
            return list.output.text
        }

        private func get(_ bed: PINBed, rpId: String = "example.com") async throws -> String {
            let get = try blobs(bed, "get", "--rp-id", rpId)
            #expect(try await get.end() == .exit(0), "\(get.errors.text)")
            return get.output.text
        }

        @Test func `where there is no blob, nobody is asked for a PIN`() async throws {
            try await PINBed.with(BlobKey()) { bed in
                let list = try bed.start("blobs", "list", "--no-input", "--json")
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                #expect(
                    list.output.text.contains(#""blobs":[],"capacity":4096,"damaged":false"#),
                    "\(list.output.text)"
                )
                let get = try blobs(bed, "get", "--rp-id", "example.com")
                #expect(try await get.end() == .exit(10))
                let clean = try blobs(bed, "clean", "--yes")
                #expect(try await clean.end() == .exit(0))
                #expect(clean.output.text.contains("nothing was changed"))
                for program in [list, get, clean] { #expect(!program.events.text.contains("pin-needed")) }
            }
        }

        @Test func `each blob is said to be whose it is, an orphan's or foreign, by one verification`() async throws {
            try await PINBed.with(Self.mixed) { bed in
                let json = try await list(bed)
                let kinds = json.matches(of: /"kind":"(\w+)"/).map { String($0.output.1) }
                #expect(kinds == ["credential", "foreign", "orphan"], "\(json)")
                #expect(json.contains(#""rpId":"example.org","size":5"#))
                #expect(json.contains(#""userName":"user1""#))
                #expect(bed.key.server.errors.lines.count { $0.contains("token given") } == 1)
                let text = try blobs(bed, "list")
                #expect(try await text.end() == .exit(0))
                #expect(text.output.text.contains("orphan: no credential on this key decrypts it"))
                #expect(text.output.text.contains("foreign: not in the format of CTAP"))
                #expect(text.output.text.contains("user1 at example.org"))
            }
        }

        @Test func `a blob is stored, read back, replaced after a question, and deleted`() async throws {
            try await PINBed.with(BlobKey()) { bed in
                let file = bed.bed.folder + "/blob"
                try TextFile.write("first", to: file)
                let set = try blobs(bed, "set", file, "--rp-id", "example.com")
                #expect(try await set.end() == .exit(0), "\(set.errors.text)")
                #expect(bed.key.server.errors.lines.count { $0.contains("token given") } == 1)
                #expect(try await get(bed) == "first")
                try TextFile.write("second", to: file)
                let nobody = try blobs(bed, "set", file, "--rp-id", "example.com", "--no-input")
                #expect(try await nobody.end() == .exit(64))
                #expect(try await get(bed) == "first")
                let asked = try bed.atTerminal(
                    "blobs",
                    "set",
                    file,
                    "--rp-id",
                    "example.com",
                    "--pin-file",
                    bed.pinFile
                )
                try await asked.errors.wait(for: "replaces on")
                try await asked.errors.wait(forPrompt: "Type yes to replace")
                bed.terminal.type("yes\n")
                #expect(try await asked.end() == .exit(0), "\(asked.errors.text)")
                #expect(try await get(bed) == "second")
                let delete = try blobs(bed, "delete", "--rp-id", "example.com", "--yes")
                #expect(try await delete.end() == .exit(0), "\(delete.errors.text)")
                #expect(try await list(bed).contains(#""blobs":[]"#))
            }
        }

        @Test func `what they print is in docs`() async throws {
            try await PINBed.with(Self.mixed) { bed in
                let commands = [
                    ["get", "--rp-id", "example.org"], ["set", "/dev/null", "--rp-id", "example.com"],
                    ["clean", "--yes"],
                    ["delete", "--rp-id", "example.org", "--yes"],
                ]
                for arguments in commands {
                    let command = try bed.bed.start(
                        [Product.fidoctl, "blobs"] + arguments + ["--json", "--pin-file", bed.pinFile]
                    )
                    #expect(try await command.end() == .exit(0), "\(command.errors.text)")
                    #expect(try JSONPage().problems(in: command.output.text, of: "blobs " + arguments[0]) == [])
                }
            }
        }

        @Test func `standard input is stored, and a file is made for its owner alone and never replaced`() async throws
        {
            try await PINBed.with(BlobKey()) { bed in
                let set = try bed.bed.start(
                    [
                        "/bin/sh", "-c",
                        "printf 'a\\0b' | \(Product.fidoctl) blobs set - --rp-id example.com --pin-file \(bed.pinFile)",
                    ]
                )
                #expect(try await set.end() == .exit(0), "\(set.errors.text)")
                let file = bed.bed.folder + "/got"
                let get = try blobs(bed, "get", "--rp-id", "example.com", "--output", file)
                #expect(try await get.end() == .exit(0), "\(get.errors.text)")
                #expect(TextFile.whole(file) == "a\0b")
                var status = stat()
                #expect(unsafe stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
                let again = try blobs(bed, "get", "--rp-id", "example.com", "--output", file)
                #expect(try await again.end() == .exit(74))
                #expect(!again.events.text.contains("pin-needed"))
            }
        }

        @Test func `orphans are removed after a question, and nothing else is`() async throws {
            try await PINBed.with(Self.mixed) { bed in
                let clean = try bed.atTerminal("blobs", "clean", "--pin-file", bed.pinFile)
                try await clean.errors.wait(for: "removes 1 orphan")
                try await clean.errors.wait(forPrompt: "Type yes")
                bed.terminal.type("yes\n")
                #expect(try await clean.end() == .exit(0), "\(clean.errors.text)")
                let kinds = try await list(bed).matches(of: /"kind":"(\w+)"/).map { String($0.output.1) }
                #expect(kinds == ["credential", "foreign"])
                #expect(try await get(bed, rpId: "example.org") == "hello")
            }
        }

        @Test func `what cannot be understood is never written over`() async throws {
            // A map instead of an array, with the correct digest.
            try await PINBed.with(BlobKey(body: [0xA1, 0x01, 0x02])) { bed in
                let file = bed.bed.folder + "/blob"
                try TextFile.write("new", to: file)
                let set = try blobs(bed, "set", file, "--rp-id", "example.com", "--yes")
                #expect(try await set.end() == .exit(76), "\(set.errors.text)")
                #expect(set.errors.text.contains("nothing was changed"))
                let clean = try blobs(bed, "clean", "--yes")
                #expect(try await clean.end() == .exit(76))
                #expect(!clean.events.text.contains("pin-needed"))
            }
        }

        @Test func `several credentials of one site are listed to choose from`() async throws {
            let two = BlobKey(
                rpIds: ["example.com", "example.com"],
                elements: [.blob(of: 0, Array("one".utf8)), .blob(of: 1, Array("two".utf8))]
            )
            try await PINBed.with(two) { bed in
                let get = try blobs(bed, "get", "--rp-id", "example.com")
                #expect(try await get.end() == .exit(64), "\(get.errors.text)")
                let ids = try await list(bed).matches(of: /"credentialId":"([^"]+)"/).map { String($0.output.1) }
                let one = try blobs(bed, "get", "--id", String(ids[1].prefix(12)))
                #expect(try await one.end() == .exit(0), "\(one.errors.text)")
                #expect(one.output.text == "two")
            }
        }

        @Test(arguments: ["status", "unplug", "cancel"])
        func `a failed write leaves the old blobs, and the message says what is known`(how: String) async throws {
            let rule =
                switch how {
                case "status": #"{"on": "largeBlobs", "skip": 1, "times": 1, "status": "0x7f"}"#
                default: #"{"on": "largeBlobs", "skip": 1, "times": 1, "processing": 60}"#
                }
            try await PINBed.with(Self.one, rules: [rule]) { bed in
                let file = bed.bed.folder + "/blob"
                try TextFile.write("new", to: file)
                let set = try blobs(bed, "set", file, "--rp-id", "example.com", "--yes")
                var next = bed
                if how != "status" {
                    try await bed.key.server.errors.wait(for: "KEEPALIVE 1")
                    if how == "unplug" {
                        try await bed.key.unplug()
                        try await set.events.wait(for: "waiting-for-key")
                    }
                    set.signal(SIGINT)
                }
                let end = try await set.end()
                #expect(end == .exit(how == "status" ? 76 : 130), "\(set.errors.text)")
                let said = how == "unplug" ? "whether the key has the old or the new blobs" : "nothing was changed"
                #expect(set.errors.text.contains(said), "\(set.errors.text)")
                if how == "unplug" {
                    let again = try await PINBed.plug(in: bed.bed, 0)
                    next = PINBed(bed: bed.bed, key: again, terminal: bed.terminal, pinFile: bed.pinFile)
                }
                #expect(try await get(next) == "hello")
            }
        }

        @Test func `a wrong PIN changes nothing, and says so`() async throws {
            try await PINBed.with(Self.one) { bed in
                try TextFile.write("wrong horse\n", to: bed.pinFile)
                let delete = try blobs(bed, "delete", "--rp-id", "example.com", "--yes")
                #expect(try await delete.end() == .exit(11))
                #expect(delete.errors.text.contains("nothing was changed"), "\(delete.errors.text)")
                try TextFile.write(PINBed.pin + "\n", to: bed.pinFile)
                #expect(try await get(bed) == "hello")
            }
        }

        @Test func `a blob for which there is no room is refused, and the old one stays`() async throws {
            try await PINBed.with(Self.one, ["maxSerializedLargeBlobArray": "1024"]) { bed in
                let file = bed.bed.folder + "/blob"
                let random = try bed.bed.start(["/bin/sh", "-c", "head -c 2000 /dev/urandom > \(file)"])
                _ = try await random.end()
                let set = try blobs(bed, "set", file, "--rp-id", "example.com", "--yes")
                #expect(try await set.end() == .exit(17), "\(set.errors.text)")
                #expect(set.errors.text.contains("nothing was changed"))
                #expect(try await get(bed) == "hello")
            }
        }

        @Test(arguments: ["list", "get --rp-id x", "set /dev/null --rp-id x", "delete --rp-id x --yes", "clean --yes"])
        func `a key without large blobs is refused before anybody is asked`(command: String) async throws {
            try await PINBed.with(["largeBlobs": "false"]) { bed in
                let arguments = command.split(separator: " ").map(String.init)
                let refused = try bed.bed.start(
                    [Product.fidoctl, "blobs"] + arguments + ["--pin-file", bed.pinFile, "--events", "3"]
                )
                #expect(try await refused.end() == .exit(16), "\(refused.errors.text)")
                #expect(!refused.events.text.contains("pin-needed"))
            }
        }
    }
}
