import FoundationEssentials

extension Testbed {
    /// Registers at example.com with a key that serves with `--touch ask`.
    func credential(on key: PluggedKey) async throws -> TestCredential {
        let count = key.server.errors.lines.count
        let register = try fidoctl("register", "--rp-id", "example.com", "--user", "u", "--device", key.path, "--json")
        try await key.server.errors.wait(for: "waits for a touch", after: count)
        key.touch()
        guard try await register.end() == .exit(0) else {
            throw WaitedInVain(log: register.errors, reason: "it failed")
        }
        return try TestCredential(register.output.text, in: "\(folder)/credential\(key.number)")
    }
}

/// A credential at example.com.
struct TestCredential: Sendable {
    fileprivate struct Response: Decodable {
        var id: String
    }

    /// The output of `register --json`.
    let file: String
    /// Its ID in base64url.
    let id: String

    /// Writes the output of `register --json` to a file.
    init(_ response: String, in file: String) throws {
        try TextFile.write(response, to: file)
        self.file = file
        id = try JSONDecoder().decode(Response.self, from: Data(response.utf8)).id
    }
}

/// A key with a credential for example.com, created once; each test gets a copy.
struct PreparedKey: Sendable {
    /// The contents of the file for `--state`.
    let state: [UInt8]
    /// The output of `register --json`.
    let response: String

    static func get() async throws -> PreparedKey { try await made.value }

    private static let made = Task {
        let folder = try TemporaryFolder()
        let register = try Program([
            Product.fidoctl, "register", "--rp-id", "example.com", "--user", "u", "--json", "--device",
            "virtual:" + folder.path("key"),
        ])
        guard try await register.end() == .exit(0) else {
            throw WaitedInVain(log: register.errors, reason: "it failed")
        }
        return PreparedKey(state: try folder.read("key"), response: register.output.text)
    }
}
