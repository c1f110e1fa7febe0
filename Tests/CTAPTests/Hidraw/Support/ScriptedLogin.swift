/// A key that follows one of the files in `scenarios`, and holds a credential to log in with.
struct ScriptedLogin: Sendable {
    let bed: Testbed
    let key: PluggedKey
    let credential: TestCredential

    /// Registers with a good key, and plugs it in again under the scenario; whoever is not spoken of there touches it.
    static func with(_ scenario: String, _ use: (ScriptedLogin) async throws -> Void) async throws {
        try await Testbed.with { bed in
            let state = ["--state", bed.folder + "/key"]
            let good = try await bed.plug(serving: state + ["--touch", "ask"])
            let credential = try await bed.credential(on: good)
            try await good.unplug()
            let file = "\(Product.project)/scenarios/\(scenario).json"
            let key = try await bed.plug(serving: state + ["--scenario", file])
            try await use(ScriptedLogin(bed: bed, key: key, credential: credential))
        }
    }

    /// Begins a login.
    func start(_ more: String...) throws -> Program {
        try bed.start(
            [Product.fidoctl, "assert", "--credential", credential.file, "--events", "3", "--trace", trace] + more
        )
    }

    /// What `start` had logged.
    var trace: String { bed.folder + "/trace" }

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
