import Testing

extension HidrawTests {
    /// Which key holds which credential, found out without a touch.
    @Suite struct CredentialSearchTests {
        @Test func `of several keys the one with the credential is named, and none is asked for a touch`() async throws
        {
            try await Testbed.with { bed in
                var keys: [PluggedKey] = []
                for number in 0..<3 { keys.append(try await bed.plug(number, serving: ["--touch", "ask"])) }
                let credential = try await bed.credential(on: keys[1])
                let touches = keys.map(\.touchRequests)
                let json = try bed.fidoctl("assert", "--silent", "--credential", credential.file, "--json")
                #expect(try await json.end() == .exit(0), "\(json.errors.text)")
                #expect(json.errors.text.isEmpty, "nothing is signed, so no challenge is missing")
                let report = json.output.text
                #expect(try JSONPage().problems(in: report, of: "assert --silent") == [])
                let held = report.split(separator: "{").filter { $0.contains(credential.id) }
                #expect(held.count == 1 && held.allSatisfy { $0.contains(keys[1].path) }, "\(report)")
                let text = try bed.fidoctl("assert", "--silent", "--rp-id", "example.com", "--allow", credential.id)
                #expect(try await text.end() == .exit(0), "\(text.errors.text)")
                #expect(
                    text.output.lines.contains { $0.contains(keys[1].path) && $0.hasSuffix("holds \(credential.id)") }
                )
                let other = try bed.fidoctl("assert", "--silent", "--rp-id", "other.example", "--allow", credential.id)
                #expect(try await other.end() == .exit(10), "\(other.errors.text)")
                #expect(other.output.text.isEmpty)
                #expect(keys.map(\.touchRequests) == touches)
            }
        }

        @Test func `without a key there is nothing to ask`() async throws {
            try await Testbed.with { bed in
                let silent = try bed.fidoctl("assert", "--silent", "--rp-id", "example.com")
                #expect(try await silent.end() == .exit(69), "\(silent.errors.text)")
            }
        }

        @Test func `a list of 500 IDs reaches the right one in as few messages as the key's limits allow`() async throws
        {
            try await Testbed.with { bed in
                let scenario = bed.folder + "/scenario"
                try TextFile.write(#"{"key": {"maxCredentialCountInList": 8}}"#, to: scenario)
                let key = try await bed.plug(0, serving: ["--scenario", scenario, "--touch", "ask"])
                let credential = try await bed.credential(on: key)
                let before = key.server.errors.lines.count
                // From 21 to 63 bytes: eight of them always fit into a message.
                let others = (0..<499).map { String(repeating: "A", count: 24 + 4 * ($0 % 15)) + String(1000 + $0) }
                let ids = others.prefix(350) + [credential.id] + others.dropFirst(350)
                let login = try bed.fidoctl(
                    "assert",
                    "--rp-id",
                    "example.com",
                    "--allow",
                    ids.joined(separator: ","),
                    "--device",
                    key.path
                )
                try await key.server.errors.wait(for: "waits for a touch", after: before)
                let searched = key.server.errors.lines.dropFirst(before).count { $0.contains("-- command 0x02 began") }
                // The 351st is in the 44th piece of eight; then comes the login itself.
                #expect(searched == 44 + 1)
                key.touch()
                #expect(try await login.end() == .exit(0), "\(login.errors.text)")
            }
        }
    }
}

extension PluggedKey {
    fileprivate var touchRequests: Int { server.errors.lines.count { $0.contains("waits for a touch") } }
}
