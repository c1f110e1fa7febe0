import Testing

/// A plugged-in key that verifies its user, with a terminal.
struct PINBed: Sendable {
    static let pin = "correct horse"

    let bed: Testbed
    let key: PluggedKey
    let terminal: PseudoTerminal
    /// A file with the PIN.
    let pinFile: String

    /// Plugs in a key with `PINBed.pin` and `settings`, which are members of a scenario's key (docs/scenarios.md);
    /// empty ones are omitted. `rules` are the scenario's. The key's process reads the user's answers from its standard
    /// input.
    static func with(
        _ settings: [String: String] = [:],
        rules: [String] = [],
        touch: String = "auto",
        accounts: [StoredAccount] = [],
        _ use: (PINBed) async throws -> Void
    ) async throws {
        try await Testbed.with { bed in
            try await StoredAccount.store(accounts, in: "\(bed.folder)/key0")
            let key = try await plug(in: bed, 0, settings, rules: rules, touch: touch)
            let pinFile = bed.folder + "/pin"
            try TextFile.write(pin + "\n", to: pinFile)
            try await use(PINBed(bed: bed, key: key, terminal: PseudoTerminal(), pinFile: pinFile))
        }
    }

    /// Plugs in a key with the PIN; the same number means the same key.
    static func plug(
        in bed: Testbed,
        _ number: Int,
        _ settings: [String: String] = [:],
        rules: [String] = [],
        touch: String = "auto",
        description: [String] = []
    ) async throws -> PluggedKey {
        let members = settings.merging(["pin": "\"\(pin)\""]) { given, _ in given }
            .filter { !$0.value.isEmpty }.map { "\"\($0)\": \($1)" }
        let scenario = "\(bed.folder)/scenario\(number)"
        let text = "{\"key\": {\(members.joined(separator: ", "))}, \"rules\": [\(rules.joined(separator: ", "))]}"
        try TextFile.write(text, to: scenario)
        let state = ["--state", "\(bed.folder)/key\(number)"]
        return try await bed.plug(
            number,
            serving: state + ["--scenario", scenario, "--touch", touch],
            description: description
        )
    }

    /// Starts fidoctl at the terminal.
    func atTerminal(_ arguments: String..., environment: [String: String] = [:]) throws -> Program {
        try bed.start(
            [Product.fidoctl] + arguments + ["--events", "3"],
            environment: ["TERM": "xterm"].merging(environment) { $1 },
            terminal: terminal
        )
    }

    /// Starts fidoctl without a terminal.
    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> Program {
        try bed.start([Product.fidoctl] + arguments + ["--events", "3"], environment: environment)
    }

    /// A number in the output of `pin status`.
    func status(_ member: String) async throws -> Int? {
        let status = try start("pin", "status", "--json")
        #expect(try await status.end() == .exit(0), "\(status.errors.text)")
        // Skips the retries of built-in verification, which come first.
        let rest = status.output.text.ranges(of: "\"\(member)\":").last.map { status.output.text[$0.upperBound...] }
        return rest.flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Registers with the PIN from its file; returns the file for `--credential`.
    func credential() async throws -> String {
        let register = try start("register", "--rp-id", "example.com", "--user", "u", "--pin-file", pinFile, "--json")
        guard try await register.end() == .exit(0) else {
            throw WaitedInVain(log: register.errors, reason: "it failed")
        }
        let file = bed.folder + "/credential"
        try TextFile.write(register.output.text, to: file)
        return file
    }

    func expectNextLoginWorks(_ credential: String) async throws {
        let next = try start("assert", "--credential", credential, "--pin-file", pinFile)
        #expect(try await next.end() == .exit(0), "\(next.errors.text)")
    }
}
