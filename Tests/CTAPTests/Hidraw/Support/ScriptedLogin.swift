/// A key that follows one of the files in `scenarios`, and holds a credential to log in with.
struct ScriptedLogin: Sendable {
    let bed: Testbed
    let key: PluggedKey
    let credential: TestCredential

    /// Plugs a key in under the scenario; where the scenario says nothing of its user, the touch comes at once.
    static func with(_ scenario: String, _ use: (ScriptedLogin) async throws -> Void) async throws {
        let prepared = try await PreparedKey.get()
        try await Testbed.with { bed in
            let state = bed.folder + "/key"
            try TextFile.write(prepared.state, to: state)
            let credential = try TestCredential(prepared.response, in: bed.folder + "/credential")
            let file = "\(Product.project)/scenarios/\(scenario).json"
            let key = try await bed.plug(serving: ["--state", state, "--scenario", file])
            try await use(ScriptedLogin(bed: bed, key: key, credential: credential))
        }
    }

    /// Begins a login.
    func start(_ more: String...) throws -> Program {
        try bed.start(
            [Product.fidoctl, "assert", "--credential", credential.file, "--events", "3", "--trace", trace] + more
        )
    }

    /// Begins a login whose request has 13 packets: the credentials that it allows are of other keys, but for the last.
    func startLong(_ more: String...) throws -> Program {
        let others = (1...7).map { number in String(number) + String(repeating: "A", count: 85) }
        let allowed = (others + [credential.id]).flatMap { ["--allow", $0] }
        return try bed.start(
            [Product.fidoctl, "assert", "--rp-id", "example.com", "--events", "3", "--trace", trace] + allowed + more
        )
    }

    /// What the logins had logged.
    var trace: String { bed.folder + "/trace" }

    /// How many packets the last login has given to the system so far.
    var sentPacketCount: Int {
        TextFile.contents(trace).split(separator: "\n").count { $0.contains("\"direction\":\"out\"") }
    }

    /// Waits for a line of the key's log.
    func wait(for line: String) async throws {
        try await key.server.errors.wait(for: line)
    }

    /// Waits until the key has all of the request that a rule with this fault directs.
    func waitForWholeRequest(fault: String) async throws {
        try await key.server.errors.wait { lines in
            lines.contains { $0.contains("-- fault \(fault)") } && WireLog(lines: lines).afterLastRequest != nil
                ? () : nil
        }
    }
}

extension WireLog {
    /// What the key heard after the last CBOR request, on that request's channel; `nil` when the request is not whole, or
    /// anything stands between its packets.
    var afterLastRequest: [String]? {
        guard let start = toKey.lastIndex(where: { $0.packet == "CBOR" }),
            let byteCount = toKey[start].line.split(separator: " ").last.flatMap({ Int($0) })
        else { return nil }
        // 57 bytes in the first packet of 64, 59 in each further one (CTAP 2.1 §11.2.4).
        let continuations = (0..<max(0, (byteCount - 57 + 58) / 59)).map { "+\($0)" }
        let rest = toKey[start...].dropFirst().map { $0.channel == toKey[start].channel ? $0.packet : $0.line }
        guard rest.starts(with: continuations) else { return nil }
        return Array(rest.dropFirst(continuations.count))
    }
}
