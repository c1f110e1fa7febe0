import Glibc
import Testing

extension HidrawTests {
    /// `--remember` and `fidoctl forget`: a remembered key is recognized without its PIN, until it is forgotten.
    @Suite struct MemoryRunTests {
        private static let accounts = [
            StoredAccount("a.example", "alice", "Alice A."), StoredAccount("b.example", "bob"),
        ]

        @Test func `a remembered key that is unchanged is listed from memory, without its PIN`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                let before = try await bed.remember("blue key")
                let list = try bed.listRemembered()
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                #expect(list.output.text.contains(#""fromMemory":true"#))
                #expect(list.output.text.contains(#""ownName":"blue key""#))
                #expect(try Listing(list.output.text).keys.flatMap(\.credentials) == before)
                #expect(!list.events.lines.contains { $0.contains("pin-needed") || $0.contains("progress") })
                let people = try bed.listRemembered(json: false)
                #expect(try await people.end() == .exit(0))
                #expect(people.output.lines.first?.hasPrefix("blue key (") == true, "\(people.output.text)")
                #expect(people.output.lines.first?.contains("from memory") == true)
            }
        }

        @Test func `a remembered key that changed is read anew, without its PIN`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                _ = try await bed.remember("blue key")
                let delete = try bed.start(
                    "credentials",
                    "delete",
                    "--rp-id",
                    "a.example",
                    "--yes",
                    "--pin-file",
                    bed.pinFile
                )
                #expect(try await delete.end() == .exit(0), "\(delete.errors.text)")
                for isFromMemory in [false, true] {
                    let list = try bed.listRemembered()
                    #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                    #expect(list.output.text.contains(#""fromMemory":\#(isFromMemory)"#))
                    #expect(try Listing(list.output.text).keys.flatMap(\.credentials).map(\.name) == ["bob"])
                }
            }
        }

        @Test func `after forget, and after a change of the PIN, the PIN is needed again`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                _ = try await bed.remember("blue key")
                let forget = try bed.bed.start([Product.fidoctl, "forget", "--json"], environment: bed.memory)
                #expect(try await forget.end() == .exit(0), "\(forget.errors.text)")
                let problems = try JSONPage().problems(in: forget.output.text, of: "forget")
                #expect(problems == [])
                #expect(!TextFile.exists(bed.memoryFile))
                let unknown = try bed.listRemembered()
                #expect(try await unknown.end() == .exit(11), "\(unknown.errors.text)")

                _ = try await bed.remember("blue key")
                let pins = bed.bed.folder + "/pins"
                try TextFile.write(PINBed.pin + "\nanother PIN\n", to: pins)
                let change = try bed.start("pin", "change", "--pin-file", pins)
                #expect(try await change.end() == .exit(0), "\(change.errors.text)")
                let changed = try bed.listRemembered()
                #expect(try await changed.end() == .exit(11), "\(changed.errors.text)")
                // Remembered anew, it is still the key that has the name.
                try TextFile.write("another PIN\n", to: bed.pinFile)
                _ = try await bed.remember(nil)
                let renewed = try bed.listRemembered()
                #expect(try await renewed.end() == .exit(0), "\(renewed.errors.text)")
                #expect(renewed.output.text.contains(#""ownName":"blue key""#), "\(renewed.output.text)")
            }
        }

        @Test(arguments: [nil, "getPinUvAuthTokenUsingPinWithPermissions", "enumerateRPsBegin"] as [String?])
        func `a list that is cancelled leaves the memory as it was`(step: String?) async throws {
            let rules = step.map { [#"{"on": "\#($0)", "processing": 60}"#] } ?? []
            try await Testbed.with { bed in
                try await StoredAccount.store(Self.accounts, in: bed.folder + "/key0")
                let key = try await PINBed.plug(in: bed, 0, rules: rules)
                let pinFile = bed.folder + "/pin"
                try TextFile.write(PINBed.pin + "\n", to: pinFile)
                let here = PINBed(bed: bed, key: key, terminal: try PseudoTerminal(), pinFile: pinFile)
                let list =
                    step == nil
                    ? try here.atTerminal("credentials", "list", "--remember", environment: here.memory)
                    : try here.start(
                        "credentials",
                        "list",
                        "--remember",
                        "--pin-file",
                        pinFile,
                        environment: here.memory
                    )
                if step == nil {
                    try await list.errors.wait(forPrompt: "PIN of ")
                } else {
                    try await list.events.wait(for: "processing")
                }
                list.signal(SIGINT)
                #expect(try await list.end() == .exit(130), "\(list.errors.text)")
                #expect(!TextFile.exists(here.memoryFile) && !key.isLocked)
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel, "names of keys are those of made-up devices"))
        func `what a person reads is the transcript`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                var transcript = Transcript(
                    "memory",
                    about: "Remembering a key and forgetting it. IDs differ each time."
                )
                for (number, credential) in try await bed.listed().enumerated() {
                    transcript.show(String(credential.id.prefix(8)), as: "ID-\(number + 1)----")
                }
                transcript.show(bed.pinFile, as: "pin")
                for command in [
                    ["credentials", "list", "--remember", "--key-name", "blue key", "--pin-file", bed.pinFile],
                    ["credentials", "list"], ["forget"], ["forget"], ["credentials", "list", "--no-input"],
                ] {
                    let program = try bed.bed.start([Product.fidoctl] + command, environment: bed.memory)
                    try await transcript.add(command, program)
                }
                try transcript.check()
            }
        }

        @Test func `the memory is its user's alone, and refused when it is not`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                _ = try await bed.remember(nil)
                var status = stat()
                #expect(unsafe stat(bed.memoryFile, &status) == 0 && status.st_mode & 0o777 == 0o600)
                #expect(!TextFile.contents(bed.memoryFile).contains(PINBed.pin))
                #expect(unsafe chmod(bed.memoryFile, 0o644) == 0)
                let list = try bed.listRemembered()
                #expect(try await list.end() == .exit(77), "\(list.errors.text)")
                #expect(list.errors.text.contains("fidoctl forget"))
                try TextFile.write("{", to: bed.memoryFile)
                #expect(unsafe chmod(bed.memoryFile, 0o600) == 0)
                let broken = try bed.listRemembered()
                #expect(try await broken.end() == .exit(65), "\(broken.errors.text)")
            }
        }

        @Test func `nothing is remembered unasked, or of a key that cannot be recognized`() async throws {
            try await PINBed.with(["edition": "\"2.1\""], accounts: Self.accounts) { bed in
                let list = try bed.start("credentials", "list", "--pin-file", bed.pinFile, environment: bed.memory)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                let remember = try bed.start(
                    "credentials",
                    "list",
                    "--remember",
                    "--pin-file",
                    bed.pinFile,
                    environment: bed.memory
                )
                #expect(try await remember.end() == .exit(16), "\(remember.errors.text)")
                #expect(remember.errors.text.contains("cannot be remembered"))
                #expect(!TextFile.exists(bed.memoryFile))
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel, "the serial numbers of its devices are the test bed's"))
        func `list shows the name of a key with a serial number`() async throws {
            try await Testbed.with { bed in
                let key = try await PINBed.plug(in: bed, 0, description: ["--serial", "42"])
                let pinFile = bed.folder + "/pin"
                try TextFile.write(PINBed.pin + "\n", to: pinFile)
                let here = PINBed(bed: bed, key: key, terminal: try PseudoTerminal(), pinFile: pinFile)
                _ = try await here.remember("blue\u{1B} key")
                let list = try bed.start([Product.fidoctl, "list"], environment: here.memory)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                #expect(list.output.text.contains(#"blue\u{1b} key ("#), "\(list.output.text)")
            }
        }
    }
}

extension PINBed {
    /// The environment that puts the memory into the test bed's folder.
    fileprivate var memory: [String: String] { ["XDG_STATE_HOME": bed.folder + "/a/state"] }
    fileprivate var memoryFile: String { bed.folder + "/a/state/fidoctl/keys.json" }

    /// Lists the key with its PIN and `--remember`.
    fileprivate func remember(_ name: String?) async throws -> [Listing.Credential] {
        let arguments = ["credentials", "list", "--remember", "--json", "--pin-file", pinFile]
        let list = try bed.start(
            [Product.fidoctl] + arguments + (name.map { ["--key-name", $0] } ?? []),
            environment: memory
        )
        guard try await list.end() == .exit(0) else { throw WaitedInVain(log: list.errors, reason: "it failed") }
        return try Listing(list.output.text).keys.flatMap(\.credentials)
    }

    /// Lists the key without a source for the PIN.
    fileprivate func listRemembered(json: Bool = true) throws -> Program {
        let arguments = ["credentials", "list", "--no-input", "--events", "3"] + (json ? ["--json"] : [])
        return try bed.start([Product.fidoctl] + arguments, environment: memory)
    }
}
