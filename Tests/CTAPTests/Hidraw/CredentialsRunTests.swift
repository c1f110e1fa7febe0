import Glibc
import Testing
import WebAuthn

extension HidrawTests {
    /// `fidoctl credentials`: complete lists, and no change without a preview and confirmation.
    @Suite struct CredentialsRunTests {
        private static let few = [
            StoredAccount("a.example", "alice", "Alice A."), StoredAccount("a.example", "bob"),
            StoredAccount("b.example", "alice"),
        ]

        @Test(arguments: [0, 1, 100], [true, false])
        func `all credentials are listed, with one PIN`(count: Int, emptySucceeds: Bool) async throws {
            let accounts = StoredAccount.many(count)
            let settings = ["emptyEnumerationSucceeds": "\(emptySucceeds)"]
            try await PINBed.with(settings, accounts: accounts) { bed in
                let credentials = try await bed.listed()
                #expect(credentials.map(\.name) == accounts.map(\.name))
                #expect(credentials.map(\.rpId) == accounts.map(\.rpId))
                #expect(Set(credentials.map(\.id)).count == count)
                let people = try bed.start("credentials", "list", "--pin-file", bed.pinFile)
                #expect(try await people.end() == .exit(0), "\(people.errors.text)")
                let room = "room for \(100 - count) more"
                #expect(people.output.lines.first?.contains(room) == true, "\(people.output.text)")
                #expect(people.output.lines.count == 1 + (count + 1) / 2 + count)
                #expect(people.errors.text.isEmpty)
                #expect(people.events.lines.count { $0.contains("pin-needed") } == 1)
                let progress = people.events.lines.filter { $0.contains(#""event":"progress""#) }
                #expect(progress.count == count + 1)
                #expect(progress.last?.contains(#""completed":\#(count),"#) == true)
                #expect(progress.last?.contains(#""total":\#(count)}"#) == true)
            }
        }

        @Test func `names that a terminal would obey are escaped`() async throws {
            let names = ["emoji 👩‍👩‍👧", "\u{202E}moc.elpmaxe", "\u{1B}[2J\u{7}", "line\nline", "日本語"]
            try await PINBed.with(accounts: names.map { StoredAccount("a.example", $0, $0 + "!") }) { bed in
                let credentials = try await bed.listed()
                #expect(credentials.map(\.name) == names)
                let list = try bed.start("credentials", "list", "--pin-file", bed.pinFile)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                let shown = list.output.text.unicodeScalars
                #expect(!shown.contains { ["\u{202E}", "\u{1B}", "\u{7}", "\u{200D}"].contains($0) })
                #expect(list.output.lines.count == 2 + names.count)
                #expect(list.output.text.contains(#"\u{1b}[2J\u{7}"#) && list.output.text.contains("日本語"))
                let raw = try bed.start("credentials", "list", "--json", "--pin-file", bed.pinFile)
                _ = try await raw.end()
                #expect(!raw.output.text.unicodeScalars.contains { ["\u{202E}", "\u{1B}", "\u{7}"].contains($0) })
            }
        }

        @Test func `a credential is deleted by the beginning of its ID, and no other`() async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let before = try await bed.listed()
                let delete = try bed.start(
                    "credentials",
                    "delete",
                    "--id",
                    String(before[1].id.prefix(10)),
                    "--yes",
                    "--pin-file",
                    bed.pinFile
                )
                #expect(try await delete.end() == .exit(0), "\(delete.errors.text)")
                #expect(delete.output.text.hasPrefix("Deleted from "))
                #expect(delete.output.text.contains("bob at a.example"))
                #expect(delete.events.lines.count { $0.contains("pin-needed") } == 1)
                let after = try await bed.listed()
                #expect(after == [before[0], before[2]])
            }
        }

        @Test func `a credential is shown, and deleted once the person typed yes`() async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let delete = try bed.atTerminal("credentials", "delete", "--rp-id", "a.example", "--user", "alice")
                try await delete.errors.wait(forPrompt: "PIN of ")
                bed.terminal.type(PINBed.pin + "\n")
                try await delete.errors.wait(for: "alice (Alice A.) at a.example")
                try await delete.errors.wait(forPrompt: "Type yes")
                bed.terminal.type("yes\n")
                #expect(try await delete.end() == .exit(0), "\(delete.errors.text)")
                #expect(try await bed.listed().map(\.name) == ["bob", "alice"])
            }
        }

        @Test(
            arguments: [
                (["--rp-id", "a.example"], 64, "2 credentials on "),
                (["--rp-id", "c.example"], 10, "no credential on "),
                (["--rp-id", "b.example", "--user", "bob"], 10, "no credential on "),
                (["--id", "!"], 10, "no credential on "),
            ] as [([String], Int32, String)]
        )
        func `what is not exactly one credential is not deleted`(
            choice: [String],
            status: Int32,
            message: String
        ) async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let delete = try bed.bed.start(
                    [Product.fidoctl, "credentials", "delete"] + choice + ["--yes", "--pin-file", bed.pinFile]
                )
                #expect(try await delete.end() == .exit(status), "\(delete.errors.text)")
                #expect(delete.errors.text.contains(message) && delete.errors.text.contains("nothing was changed"))
                #expect(!(status == 64) || delete.errors.text.contains("bob at a.example"), "the candidates are listed")
                #expect(delete.output.text.isEmpty)
                #expect(try await bed.listed().count == Self.few.count)
            }
        }

        @Test(arguments: ["delete", "rename"])
        func `without a person it wants --yes before anybody does anything`(command: String) async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let choice = ["--rp-id", "b.example"] + (command == "rename" ? ["--name", "x"] : [])
                let change = try bed.bed.start(
                    [Product.fidoctl, "credentials", command, "--no-input", "--pin-file", bed.pinFile] + choice
                )
                #expect(try await change.end() == .exit(64))
                #expect(change.errors.text.contains("--yes"))
                #expect(try await bed.key.finalWire().toKey.isEmpty)
            }
        }

        @Test func `an account is renamed, and its ID and other name stay`() async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let before = try await bed.listed()
                let rename = try bed.start(
                    "credentials",
                    "rename",
                    "--rp-id",
                    "a.example",
                    "--user",
                    "alice",
                    "--name",
                    "alice@work",
                    "--yes",
                    "--pin-file",
                    bed.pinFile
                )
                #expect(try await rename.end() == .exit(0), "\(rename.errors.text)")
                var expected = before
                expected[0].name = "alice@work"
                #expect(try await bed.listed() == expected)
                let remove = try bed.start(
                    "credentials",
                    "rename",
                    "--id",
                    before[0].id,
                    "--display-name",
                    "",
                    "--yes",
                    "--pin-file",
                    bed.pinFile
                )
                #expect(try await remove.end() == .exit(0), "\(remove.errors.text)")
                expected[0].displayName = nil
                #expect(try await bed.listed() == expected)
            }
        }

        @Test func `a wrong PIN changes nothing, and says so`() async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let wrong = bed.bed.folder + "/wrong"
                try TextFile.write("not the PIN\n", to: wrong)
                let delete = try bed.start(
                    "credentials",
                    "delete",
                    "--rp-id",
                    "b.example",
                    "--yes",
                    "--pin-file",
                    wrong
                )
                #expect(try await delete.end() == .exit(11))
                #expect(delete.errors.text.contains("nothing was changed"), "\(delete.errors.text)")
                #expect(try await bed.listed().count == Self.few.count)
            }
        }

        @Test func `an inventory says what is on which key, and on no other`() async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                try await StoredAccount.store([StoredAccount("a.example", "alice")], in: "\(bed.bed.folder)/key1")
                let second = try await PINBed.plug(in: bed.bed, 1)
                let list = try bed.start("credentials", "list", "--all-keys", "--json", "--pin-file", bed.pinFile)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                let keys = try Listing(list.output.text).keys.sorted { $0.device < $1.device }
                #expect(keys.map(\.device) == [bed.key.path, second.path])
                #expect(keys.map { $0.credentials.map(\.onlyOnThisKey) } == [[false, true, true], [false]])
            }
        }

        @Test func `a key that cannot be listed does not hide the others`() async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let old = try await PINBed.plug(in: bed.bed, 1, ["credMgmt": "false"])
                let list = try bed.start("credentials", "list", "--all-keys", "--json", "--pin-file", bed.pinFile)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                #expect(list.errors.text.contains("cannot list"))
                #expect(list.output.text.contains(#""code":"unsupported""#))
                let alone = try bed.start("credentials", "list", "--device", old.path, "--pin-file", bed.pinFile)
                #expect(try await alone.end() == .exit(16))
            }
        }

        @Test func `a key from before CTAP 2.1 lists and deletes by its own command`() async throws {
            try await PINBed.with(["credMgmt": "\"preview\"", "edition": "\"2.0\""], accounts: Self.few) { bed in
                let delete = try bed.start(
                    "credentials",
                    "delete",
                    "--rp-id",
                    "b.example",
                    "--yes",
                    "--pin-file",
                    bed.pinFile
                )
                #expect(try await delete.end() == .exit(0), "\(delete.errors.text)")
                #expect(try await bed.listed().map(\.name) == ["alice", "bob"])
                let rename = try bed.start(
                    "credentials",
                    "rename",
                    "--rp-id",
                    "a.example",
                    "--user",
                    "bob",
                    "--name",
                    "x",
                    "--yes",
                    "--pin-file",
                    bed.pinFile
                )
                #expect(try await rename.end() == .exit(16), "\(rename.errors.text)")
                #expect(rename.errors.text.contains("cannot rename"))
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel, "names of keys are those of made-up devices"))
        func `what a person reads is the transcript`() async throws {
            try await PINBed.with(accounts: Self.few) { bed in
                let listed = try await bed.listed()
                var transcript = Transcript(
                    "credentials",
                    about: "fidoctl credentials, at a terminal. IDs differ each time."
                )
                for (number, credential) in listed.enumerated() {
                    let placeholder = "ID-\(number + 1)----"
                    transcript.show(String(credential.id.prefix(8)), as: placeholder)
                }
                transcript.show(bed.pinFile, as: "pin")
                for arguments in [
                    ["list"], ["delete", "--rp-id", "a.example"], ["delete", "--rp-id", "a.example", "--user", "bob"],
                    ["rename", "--rp-id", "b.example", "--name", "alice@b"], ["list", "--device", bed.key.path],
                ] {
                    let command = ["credentials"] + arguments + ["--pin-file", bed.pinFile]
                    let program = try bed.bed.start(
                        [Product.fidoctl] + command,
                        environment: ["TERM": "dumb"],
                        terminal: bed.terminal
                    )
                    if arguments.contains("--user") || arguments.contains("--name") {
                        try await program.errors.wait(forPrompt: "Type yes")
                        bed.terminal.type("yes\n")
                    }
                    try await transcript.add(command, program)
                }
                try transcript.check()
            }
        }
    }
}

/// The output of `credentials list --json`, reduced to the members that tests use.
struct Listing: Sendable {
    struct Key: Sendable {
        var device: String
        var credentials: [Credential]
    }

    struct Credential: Hashable, Sendable {
        var rpId: String?
        var name: String?
        var displayName: String?
        var id: String
        var onlyOnThisKey: Bool?
    }

    let keys: [Key]

    /// Also checks the output against docs/json.md.
    init(_ json: String) throws {
        let problems = try JSONPage().problems(in: json, of: "credentials list")
        #expect(problems == [])
        keys = try JSON.decode(Document.self, from: Array(json.utf8)).keys.map { key in
            Key(
                device: key.device,
                credentials: (key.credentials ?? []).map { credential in
                    Credential(
                        rpId: credential.rpId,
                        name: credential.userName,
                        displayName: credential.userDisplayName,
                        id: credential.credentialId,
                        onlyOnThisKey: credential.onlyOnThisKey
                    )
                }
            )
        }
    }

    private struct Document: Decodable {
        struct Key: Decodable {
            var device: String
            var credentials: [Credential]?
        }

        struct Credential: Decodable {
            var rpId: String?
            var userName: String?
            var userDisplayName: String?
            var credentialId: String
            var onlyOnThisKey: Bool?
        }

        var keys: [Key]
    }
}

extension PINBed {
    /// The credentials on the key, in its order.
    func listed() async throws -> [Listing.Credential] {
        let list = try start("credentials", "list", "--json", "--device", key.path, "--pin-file", pinFile)
        guard try await list.end() == .exit(0) else { throw WaitedInVain(log: list.errors, reason: "it failed") }
        return try Listing(list.output.text).keys.flatMap(\.credentials)
    }
}
