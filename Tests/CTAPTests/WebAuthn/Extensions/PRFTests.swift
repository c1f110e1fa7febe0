import CTAP2
import Testing
import VirtualAuthenticator
import WebAuthn

/// prf from the page to the key and back (WebAuthn L3 §10.1.4).
@Suite struct PRFTests {
    private typealias JSONValue = WebAuthn.JSONValue

    private static let one = Array("one".utf8)
    private static let two = Array("two".utf8)

    private func values(_ first: [UInt8], _ second: [UInt8]? = nil) -> JSONValue {
        var members = ["first": first.json]
        members["second"] = second?.json
        return .object(members)
    }

    private func eval(_ first: [UInt8], _ second: [UInt8]? = nil) -> [String: JSONValue] {
        ["prf": .object(["eval": values(first, second)])]
    }

    private func results(_ outputs: [String: JSONValue]) throws -> JSONValue {
        try #require(outputs["prf"]?["results"])
    }

    @Test(arguments: ["[1]", "[2]"])
    func `a credential has one secret for each input`(protocols: String) async throws {
        let bench = try ExtensionBench(#""pin": "1234", "edition": "2.1", "pinUvAuthProtocols": \#(protocols)"#)
        let made = try await bench.register(["prf": .object([:])])
        #expect(made.response.clientExtensionResults.members == ["prf": .object(["enabled": true])])
        let both = try results(try await bench.outputs(eval(Self.one, Self.two)))
        #expect(both["first"]?.bytes?.count == 32 && both["second"]?.bytes?.count == 32)
        #expect(both["first"] != both["second"])
        let first = try results(try await bench.outputs(eval(Self.one), allowing: [made.response.id]))
        #expect(first == .object(["first": try #require(both["first"])]))
        let second = try results(try await bench.outputs(eval(Self.two)))
        #expect(second["first"] == both["second"])
        #expect(try results(try await bench.outputs(eval([])))["first"]?.bytes?.count == 32)
    }

    /// Keys of CTAP 2.0 know no member for the protocol.
    @Test func `protocol one is not named in the request`() async throws {
        for (protocols, named) in [("[1]", nil), ("[2]", 2)] as [(String, CBORValue?)] {
            let bench = try ExtensionBench(#""pin": "1234", "edition": "2.1", "pinUvAuthProtocols": \#(protocols)"#)
            _ = try await bench.register(["prf": .object([:])])
            _ = try await bench.outputs(eval(Self.one))
            let input = try #require(bench.requests(.getAssertion).last?[4]?.map?["hmac-secret"]?.map)
            #expect(input[4] == named)
        }
    }

    @Test func `a key that can returns the secrets at the registration already`() async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register(eval(Self.one, Self.two))
        let output = made.response.clientExtensionResults.members
        #expect(output["prf"]?["enabled"] == true)
        #expect(try results(output) == results(try await bench.outputs(eval(Self.one, Self.two))))
        let older = try ExtensionBench(#""pin": "1234", "edition": "2.1""#)
        let later = try await older.register(eval(Self.one)).response.clientExtensionResults.members
        #expect(later == ["prf": .object(["enabled": true])])
    }

    /// A key has another secret for users that it did not verify.
    @Test func `the secret is that of verified users, although the page discourages verification`() async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register(eval(Self.one), residentKey: .discouraged)
        #expect(made.attestation.authData.flags.contains(.userVerified))
        let id = made.response.id
        let login = try #require(try await bench.logIn(eval(Self.one), allowing: [id]).first)
        #expect(login.authData.flags.contains(.userVerified))
        let required = try await bench.outputs(eval(Self.one), allowing: [id], userVerification: .required)
        #expect(try results(login.response.clientExtensionResults.members) == results(required))
    }

    @Test func `a key without a PIN does not return the secret for others`() async throws {
        let bench = try ExtensionBench("")
        let made = try await bench.register(["prf": .object([:])])
        await #expect(throws: CeremonyError.self) {
            try await bench.outputs(eval(Self.one), allowing: [made.response.id])
        }
    }

    @Test func `each account of a login has a secret of its own`() async throws {
        let bench = try ExtensionBench()
        for user in [1, 2] as [UInt8] { _ = try await bench.register(["prf": .object([:])], user: user) }
        let logins = try await bench.logIn(eval(Self.one))
        let secrets = try logins.map { try results($0.response.clientExtensionResults.members) }
        #expect(secrets.count == 2 && secrets[0] != secrets[1])
    }

    // MARK: evalByCredential

    @Test func `the inputs are those of the credential that the key holds`() async throws {
        let bench = try ExtensionBench()
        let other = try await ExtensionBench().register(["prf": .object([:])], residentKey: .discouraged).response.id
        let id = try await bench.register(["prf": .object([:])], residentKey: .discouraged).response.id
        let expected = try results(try await bench.outputs(eval(Self.two), allowing: [id]))
        for (byCredential, isSame) in [([id: Self.two, other: Self.one], true), ([other: Self.two], false)] {
            let inputs: [String: JSONValue] = [
                "eval": values(Self.one),
                "evalByCredential": .object(
                    Dictionary(uniqueKeysWithValues: byCredential.map { (Base64URL.encode($0), values($1)) })
                ),
            ]
            let outputs = try await bench.outputs(["prf": .object(inputs)], allowing: [other, id])
            #expect(try (results(outputs) == expected) == isSame)
        }
    }

    @Test func `without an input for the credential there are no results`() async throws {
        let bench = try ExtensionBench()
        let other = [UInt8](repeating: 9, count: 40)
        let id = try await bench.register(["prf": .object([:])], residentKey: .discouraged).response.id
        let inputs = JSONValue.object(["evalByCredential": .object([Base64URL.encode(other): values(Self.one)])])
        #expect(try await bench.outputs(["prf": inputs], allowing: [other, id]) == ["prf": .object([:])])
        #expect(try await bench.outputs(["prf": .object([:])], allowing: [id]) == ["prf": .object([:])])
    }

    // MARK: Errors

    @Test func `a registration has no evalByCredential`() async throws {
        let bench = try ExtensionBench()
        await bench.expect(.notSupported, of: "prf") {
            _ = try await bench.register(["prf": .object(["evalByCredential": .object([:])])])
        }
    }

    @Test func `evalByCredential requires allowed credentials`() async throws {
        let bench = try ExtensionBench()
        let inputs: [String: JSONValue] = ["evalByCredential": .object(["AQ": values(Self.one)])]
        await bench.expect(.notSupported, of: "prf") { _ = try await bench.logIn(["prf": .object(inputs)]) }
    }

    @Test(arguments: ["", "AR", "A", "AQ==", "+/", "Ag"])
    func `a key of evalByCredential is the base64url ID of an allowed credential`(name: String) async throws {
        let bench = try ExtensionBench()
        let inputs: [String: JSONValue] = [
            "evalByCredential": .object(["AQ": values(Self.one), name: values(Self.one)])
        ]
        await bench.expect(.syntax, of: "prf") {
            _ = try await bench.logIn(["prf": .object(inputs)], allowing: [[1]])
        }
    }

    @Test(
        arguments: [
            7, .object(["eval": 7]), .object(["eval": .object([:])]), .object(["eval": .object(["first": 1])]),
            .object(["eval": .object(["first": "a+b"])]), .object(["eval": .object(["first": "AQ", "second": 1])]),
            .object(["evalByCredential": .array([])]),
        ] as [WebAuthn.JSONValue]
    )
    func `an input of another form is a TypeError`(input: WebAuthn.JSONValue) async throws {
        let bench = try ExtensionBench()
        await bench.expect(.type, of: "prf") { _ = try await bench.logIn(["prf": input], allowing: [[1]]) }
    }

    @Test func `a key without hmac-secret enables nothing and is not asked`() async throws {
        let bench = try ExtensionBench(#""pin": "1234", "extensions": ["credProtect"]"#)
        let made = try await bench.register(eval(Self.one))
        #expect(made.response.clientExtensionResults.members == ["prf": .object(["enabled": false])])
        #expect(try await bench.outputs(eval(Self.one)) == ["prf": .object([:])])
        #expect(bench.requests(.makeCredential).allSatisfy { $0[6] == nil })
        #expect(bench.requests(.getAssertion).allSatisfy { $0[4] == nil })
    }
}
