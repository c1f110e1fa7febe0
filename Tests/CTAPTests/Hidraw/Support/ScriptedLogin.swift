/// A key with a credential that follows one of the files in `scenarios`.
struct ScriptedLogin: Sendable {
    let bed: Testbed
    let key: PluggedKey
    let credential: TestCredential

    /// Plugs in a key with the scenario; unless the scenario says otherwise, the touch comes at once.
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

    /// Starts a login.
    func start(_ more: String...) throws -> Program {
        try bed.start(
            [Product.fidoctl, "assert", "--credential", credential.file, "--events", "3", "--trace", trace] + more
        )
    }

    /// Starts a login with a request of 13 packets: all allowed credentials but the last belong to other keys.
    func startLong(_ more: String...) throws -> Program {
        let others = (1...7).map { number in String(number) + String(repeating: "A", count: 85) }
        let allowed = (others + [credential.id]).flatMap { ["--allow", $0] }
        return try bed.start(
            [Product.fidoctl, "assert", "--rp-id", "example.com", "--events", "3", "--trace", trace] + allowed + more
        )
    }

    /// The trace of the logins.
    var trace: String { bed.folder + "/trace" }

    /// How many packets the last login has written so far.
    var sentPacketCount: Int {
        TextFile.contents(trace).split(separator: "\n").count { $0.contains("\"direction\":\"out\"") }
    }

    /// Waits for a line of the key's log.
    func wait(for line: String) async throws {
        try await key.server.errors.wait(for: line)
    }

    /// Waits until the key has the whole request to which a rule with this fault applies.
    func waitForWholeRequest(_ command: String = "CBOR", fault: String) async throws {
        try await key.server.errors.wait { lines in
            lines.contains { $0.contains("-- fault \(fault)") } && WireLog(lines: lines).afterLast(command) != nil
                ? () : nil
        }
    }
}

extension WireLog {
    /// The packets to the key after the last CBOR request (see `afterLast`).
    var afterLastRequest: [String]? { afterLast("CBOR") }

    /// The packets to the key after the last request with this command, on the same channel; `nil` if the request is
    /// incomplete or interleaved.
    func afterLast(_ command: String) -> [String]? {
        guard let start = toKey.lastIndex(where: { $0.packet == command }),
            let byteCount = toKey[start].line.split(separator: " ").last.flatMap({ Int($0) })
        else { return nil }
        // 57 bytes in the first packet of 64, 59 in each further one (CTAP 2.1 §11.2.4).
        let continuations = (0..<max(0, (byteCount - 57 + 58) / 59)).map { "+\($0)" }
        let rest = toKey[start...].dropFirst().map { $0.channel == toKey[start].channel ? $0.packet : $0.line }
        guard rest.starts(with: continuations) else { return nil }
        return Array(rest.dropFirst(continuations.count))
    }
}
