import Testing

/// A key that verifies its user, plugged in, with a terminal to type at.
struct PINBed: Sendable {
    static let pin = "correct horse"

    let bed: Testbed
    let key: PluggedKey
    let terminal: PseudoTerminal
    /// Has the PIN, for who may read it.
    let pinFile: String

    /// Plugs in a key with `PINBed.pin` and whatever else `settings` say, as members of a scenario's key
    /// (docs/scenarios.md); an empty one is left out. `rules` are the scenario's. The user of the key answers what is
    /// written to its process.
    static func with(
        _ settings: [String: String] = [:],
        rules: [String] = [],
        touch: String = "auto",
        _ use: (PINBed) async throws -> Void
    ) async throws {
        try await Testbed.with { bed in
            let key = try await plug(in: bed, 0, settings, rules: rules, touch: touch)
            let pinFile = bed.folder + "/pin"
            try TextFile.write(pin + "\n", to: pinFile)
            try await use(PINBed(bed: bed, key: key, terminal: PseudoTerminal(), pinFile: pinFile))
        }
    }

    /// Plugs in a key with the PIN; again under the same number, it is the same key.
    static func plug(
        in bed: Testbed,
        _ number: Int,
        _ settings: [String: String] = [:],
        rules: [String] = [],
        touch: String = "auto"
    ) async throws -> PluggedKey {
        let members = settings.merging(["pin": "\"\(pin)\""]) { given, _ in given }
            .filter { !$0.value.isEmpty }.map { "\"\($0)\": \($1)" }
        let scenario = "\(bed.folder)/scenario\(number)"
        let text = "{\"key\": {\(members.joined(separator: ", "))}, \"rules\": [\(rules.joined(separator: ", "))]}"
        try TextFile.write(text, to: scenario)
        let state = ["--state", "\(bed.folder)/key\(number)"]
        return try await bed.plug(number, serving: state + ["--scenario", scenario, "--touch", touch])
    }

    /// Starts fidoctl at the terminal.
    func atTerminal(_ arguments: String..., environment: [String: String] = [:]) throws -> Program {
        try bed.start(
            [Product.fidoctl] + arguments + ["--events", "3"],
            environment: ["TERM": "xterm"].merging(environment) { $1 },
            terminal: terminal
        )
    }

    /// Starts fidoctl where there is no terminal.
    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> Program {
        try bed.start([Product.fidoctl] + arguments + ["--events", "3"], environment: environment)
    }

    /// The number that `pin status` gives for a member.
    func status(_ member: String) async throws -> Int? {
        let status = try start("pin", "status", "--json")
        #expect(try await status.end() == .exit(0), "\(status.errors.text)")
        // Built-in verification has retries of its own, which come before.
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
