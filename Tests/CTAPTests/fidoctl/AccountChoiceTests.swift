import Glibc
import Testing
import WebAuthn

/// A login with a key that has several accounts of the site, with and without a terminal.
@Suite struct AccountChoiceTests {
    /// A software key with these accounts at example.com, and a PIN since a key discloses names only to a verified
    /// user.
    private func key(_ accounts: [(name: String, id: String)]) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let pin = ["--pin-file", try folder.file("pin", "1234\n")]
        let set = try await CommandLineRun(["pin", "set"] + folder.device + pin)
        #expect(set.end == .exit(0), "\(set.errors)")
        for (name, id) in accounts {
            let user = ["--user", name, "--user-id", Base64URL.encode(Array(id.utf8)), "--discoverable"]
            let made = try await CommandLineRun(["register", "--rp-id", "example.com"] + user + folder.device + pin)
            #expect(made.end == .exit(0), "\(made.errors)")
        }
        return folder
    }

    private func login(_ folder: TemporaryFolder) -> [String] {
        ["assert", "--rp-id", "example.com", "--json", "--pin-file", folder.path("pin")] + folder.device
    }

    private func atTerminal(
        _ folder: TemporaryFolder,
        _ terminal: PseudoTerminal,
        _ more: String...,
        environment: [String: String] = [:]
    ) throws -> Program {
        try Program(
            [Product.fidoctl] + login(folder) + more,
            environment: ["LC_ALL": "C.UTF-8", "TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 },
            terminal: terminal
        )
    }

    private func handle(_ id: String) -> String { "\"userHandle\":\"\(Base64URL.encode(Array(id.utf8)))\"" }

    private static let three = [("alice", "A"), ("bob", "B"), ("carol", "C")]

    /// The newest account comes first.
    @Test(arguments: [
        ("\r", "C"), ("\u{1B}[B\r", "B"), ("\u{1B}[B\u{1B}OB\u{1B}[A\r", "B"), ("jj\n", "A"), ("3\r", "A"),
    ])
    func `a person chooses with arrows, letters or a number`(keys: String, chosen: String) async throws {
        let folder = try await key(Self.three)
        let terminal = try PseudoTerminal()
        let modes = terminal.modes
        let program = try atTerminal(folder, terminal)
        try await program.errors.wait(for: "3  alice")
        #expect(!terminal.echoes)
        terminal.type(keys)
        #expect(try await program.end() == .exit(0), "\(program.errors.text)")
        #expect(program.output.text.contains(handle(chosen)))
        #expect(terminal.modes == modes)
    }

    @Test func `an arrow key draws the list once`() async throws {
        let folder = try await key(Self.three)
        let terminal = try PseudoTerminal()
        let program = try atTerminal(folder, terminal)
        try await program.errors.wait(for: "3  alice")
        terminal.type("\u{1B}[B")
        try await program.errors.wait(for: "❯ 2  bob")
        terminal.type("\r")
        #expect(try await program.end() == .exit(0))
        #expect(program.errors.lines.count { $0.contains("Which account?") } == 2, "\(program.errors.text)")
    }

    @Test func `Ctrl-Z stops the program and chooses nothing; then the list is there again`() async throws {
        let folder = try await key(Self.three)
        let terminal = try PseudoTerminal()
        let program = try atTerminal(folder, terminal)
        var seen = try await program.errors.wait(for: "3  alice")
        terminal.type("j")
        seen = try await program.errors.wait(for: "3  alice", after: seen)
        terminal.type("\u{1A}")
        _ = try await program.errors.wait(for: "❯ 2  bob", after: seen)
        try await eventually("the terminal is silent again") { !terminal.echoes }
        terminal.type("\r")
        #expect(try await program.end() == .exit(0), "\(program.errors.text)")
        #expect(program.output.text.contains(handle("B")))
    }

    @Test func `Ctrl-C at the list cancels`() async throws {
        let folder = try await key(Self.three)
        let terminal = try PseudoTerminal()
        let modes = terminal.modes
        let program = try atTerminal(folder, terminal)
        try await program.errors.wait(for: "3  alice")
        terminal.type("\u{3}")
        #expect(try await program.end() == .exit(130), "\(program.errors.text)")
        #expect(terminal.modes == modes)
    }

    @Test func `no choice in time is said so`() async throws {
        let folder = try await key(Self.three)
        let program = try atTerminal(folder, try PseudoTerminal(), "--timeout", "5")
        #expect(try await program.end() == .exit(75))
        #expect(program.errors.text.contains("no account of example.com was chosen"))
    }

    /// Without escape sequences the list is printed once, and the typed number is echoed.
    @Test(arguments: [["TERM": ""], ["TERM": "dumb"], ["LC_ALL": "C"]])
    func `a plain terminal gets a plain list`(environment: [String: String]) async throws {
        let folder = try await key(Self.three)
        let terminal = try PseudoTerminal()
        let program = try atTerminal(folder, terminal, environment: environment)
        try await program.errors.wait(for: "3  alice")
        #expect(terminal.echoes)
        terminal.type("3\n")
        #expect(try await program.end() == .exit(0), "\(program.errors.text)")
        #expect(program.output.text.contains(handle("A")))
        #expect(!program.errors.text.contains("\u{1B}"))
        if environment["LC_ALL"] != nil { #expect(program.errors.text.utf8.allSatisfy { $0 < 0x80 }) }
    }

    @Test func `two accounts of one name are distinguished by their IDs`() async throws {
        let folder = try await key([("al", "A"), ("al", "B"), ("bob", "C")])
        let (a, b) = (Base64URL.encode(Array("A".utf8)), Base64URL.encode(Array("B".utf8)))
        let program = try atTerminal(folder, try PseudoTerminal())
        try await program.errors.wait(for: "3  al")
        program.signal(SIGINT)
        _ = try await program.end()
        #expect(program.errors.text.contains("2  al (ID \(b))"), "\(program.errors.text)")
        #expect(program.errors.text.contains("3  al (ID \(a))"))
        #expect(program.errors.text.contains("1  bob") && !program.errors.text.contains("bob (ID"))

        let named = try await CommandLineRun(login(folder) + ["--account", "al"])
        #expect(named.output.contains(handle("B")))
        #expect(named.errors.contains("this key has 2 accounts named al; using the newest, al (ID \(b))"))
        let exact = try await CommandLineRun(login(folder) + ["--account", a])
        #expect(exact.output.contains(handle("A")))
        #expect(!exact.errors.contains("2 accounts"))
    }

    @Test func `--account names one, and the others are listed when it does not`() async throws {
        let folder = try await key(Self.three)
        #expect(try await CommandLineRun(login(folder) + ["--account", "bob"]).output.contains(handle("B")))
        let unknown = try await CommandLineRun(login(folder) + ["--account", "b\u{9B}"])
        #expect(unknown.end == .exit(10))
        #expect(unknown.errors.contains("has no account b\\u{9b}"))
        #expect(unknown.errors.contains("carol, bob, alice"))
    }

    @Test func `elsewhere the newest is used, and a note says so`() async throws {
        let folder = try await key(Self.three)
        let run = try await CommandLineRun(login(folder))
        #expect(run.output.contains(handle("C")))
        #expect(run.errors.contains("this key has 3 accounts of example.com; using the newest, carol"))
        let unasked = try atTerminal(folder, try PseudoTerminal(), "--no-input")
        #expect(try await unasked.end() == .exit(0))
        #expect(unasked.output.text.contains(handle("C")))
    }
}
