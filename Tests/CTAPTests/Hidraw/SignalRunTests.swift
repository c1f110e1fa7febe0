import Testing
import WebAuthn

extension HidrawTests {
    /// `fidoctl signal` changes the credentials that the site reports as stale, and no others.
    @Suite struct SignalRunTests {
        private static let accounts = [
            StoredAccount("a.example", "alice"), StoredAccount("a.example", "bob"), StoredAccount("b.example", "alice"),
        ]

        @Test func `an unknown credential is deleted, and no other`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                let before = try await bed.listed()
                let json = #"{"rpId": "a.example", "credentialId": "\#(before[1].id)"}"#
                let signal = try await bed.signal("unknown", json)
                #expect(try await signal.end() == .exit(0), "\(signal.errors.text)")
                #expect(try JSONPage().problems(in: signal.output.text, of: "signal unknown") == [])
                #expect(signal.output.text.contains(before[1].id))
                #expect(try await bed.listed() == [before[0], before[2]])
            }
        }

        @Test func `a credential that the key does not have changes nothing`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                let before = try await bed.listed()
                // A credential of another site.
                let json = #"{"rpId": "a.example", "credentialId": "\#(before[2].id)"}"#
                let signal = try await bed.signal("unknown", json)
                #expect(try await signal.end() == .exit(0), "\(signal.errors.text)")
                #expect(signal.output.text.contains(#""credentials":[]"#))
                #expect(try await bed.listed() == before)
            }
        }

        @Test func `of an account what its site does not accept is deleted`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                let before = try await bed.listed()
                let user = Base64URL.encode(Array("a.example/alice".utf8))
                for (accepted, left) in [(#""\#(before[0].id)""#, before), ("", [before[1], before[2]])] {
                    let json = #"{"rpId":"a.example","userId":"\#(user)","allAcceptedCredentialIds":[\#(accepted)]}"#
                    let signal = try await bed.signal("accepted", json)
                    #expect(try await signal.end() == .exit(0), "\(signal.errors.text)")
                    #expect(try await bed.listed() == left)
                }
            }
        }

        @Test func `an account gets the names that its site has now`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                let user = Base64URL.encode(Array("a.example/alice".utf8))
                let name = String(repeating: "é", count: 40)
                let json = #"{"rpId":"a.example","userId":"\#(user)","name":"\#(name)","displayName":""}"#
                for expected in [true, false] {
                    let signal = try await bed.signal("details", json)
                    #expect(try await signal.end() == .exit(0), "\(signal.errors.text)")
                    // The second signal finds nothing to change.
                    #expect(signal.output.text.contains(#""userName":"alice""#) == expected)
                }
                let names = try await bed.listed().map(\.name)
                #expect(names == [String(repeating: "é", count: 32), "bob", "alice"])
            }
        }

        @Test func `nothing goes before a person typed yes`() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                let before = try await bed.listed()
                let file = bed.bed.folder + "/signal"
                try TextFile.write(#"{"rpId": "a.example", "credentialId": "\#(before[0].id)"}"#, to: file)
                let signal = try bed.atTerminal("signal", "unknown", file, "--pin-file", bed.pinFile)
                try await signal.errors.wait(for: "alice at a.example")
                try await signal.errors.wait(forPrompt: "Type yes")
                bed.terminal.type("no\n")
                #expect(try await signal.end() == .exit(14), "\(signal.errors.text)")
                let unasked = try bed.start("signal", "unknown", file, "--pin-file", bed.pinFile)
                #expect(try await unasked.end() == .exit(64))
                #expect(try await bed.listed() == before)
            }
        }

        @Test(arguments: ["[]", "{}", #"{"rpId": "a.example", "credentialId": "!"}"#])
        func `a signal that is not one is refused before the key is asked`(json: String) async throws {
            try await PINBed.with { bed in
                let signal = try await bed.signal("unknown", json)
                #expect(try await signal.end() == .exit(65), "\(signal.errors.text)")
                #expect(try await bed.key.finalWire().toKey.isEmpty)
            }
        }
    }
}

extension PINBed {
    /// Starts `fidoctl signal` with this signal and `--yes`.
    fileprivate func signal(_ command: String, _ json: String) async throws -> Program {
        let file = bed.folder + "/signal"
        try TextFile.write(json, to: file)
        return try start("signal", command, file, "--yes", "--json", "--pin-file", pinFile)
    }
}
