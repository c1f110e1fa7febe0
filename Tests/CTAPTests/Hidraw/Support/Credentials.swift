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
        let file = "\(folder)/credential\(key.number)"
        try TextFile.write(register.output.text, to: file)
        let response = try JSONDecoder().decode(TestCredential.Response.self, from: Data(register.output.text.utf8))
        return TestCredential(file: file, id: response.id)
    }
}

/// A credential at example.com.
struct TestCredential: Sendable {
    fileprivate struct Response: Decodable {
        var id: String
    }

    /// What `register --json` printed.
    let file: String
    /// Its ID in base64url.
    let id: String
}
