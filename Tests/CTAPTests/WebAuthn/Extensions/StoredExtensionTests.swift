import CTAP2
import Testing
import VirtualAuthenticator
import WebAuthn

/// The extensions whose input goes to the key almost as it is.
@Suite struct StoredExtensionTests {
    private typealias JSONValue = WebAuthn.JSONValue

    // MARK: credProtect

    @Test(arguments: CredentialProtectionPolicy.allCases)
    func `a protection policy becomes a level, and has no output`(policy: CredentialProtectionPolicy) async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register(["credentialProtectionPolicy": .string(policy.rawValue)])
        #expect(made.response.clientExtensionResults.members.isEmpty)
        #expect(made.attestation.authData.extensions == ["credProtect": .int(policy.level)])
    }

    @Test func `a policy is enforced before the key makes anything`() async throws {
        let bench = try ExtensionBench(#""pin": "1234", "extensions": ["hmac-secret"]"#)
        let policy: [String: JSONValue] = ["credentialProtectionPolicy": "userVerificationRequired"]
        let enforced = policy.merging(["enforceCredentialProtectionPolicy": true]) { $1 }
        let error = await #expect(throws: CeremonyError.self) { try await bench.register(enforced) }
        guard case .missingExtension("credProtect") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bench.requests(.makeCredential).isEmpty)
        #expect(try await bench.register(policy).attestation.authData.extensions == nil)
        let optional = enforced.merging(["credentialProtectionPolicy": "userVerificationOptional"]) { $1 }
        #expect(try await bench.register(optional).attestation.authData.extensions == nil)
    }

    @Test(arguments: ["userVerificationPreferred", 3] as [WebAuthn.JSONValue])
    func `an unknown policy is a TypeError`(policy: WebAuthn.JSONValue) async throws {
        let bench = try ExtensionBench()
        await bench.expect(.type, of: "credentialProtectionPolicy") {
            _ = try await bench.register(["credentialProtectionPolicy": policy])
        }
    }

    // MARK: credBlob

    @Test func `a credential blob is stored and read`() async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register(["credBlob": [1, 2, 3].json])
        #expect(made.response.clientExtensionResults.members == ["credBlob": true])
        #expect(try await bench.outputs(["getCredBlob": true]) == ["getCredBlob": [1, 2, 3].json])
        #expect(try await bench.outputs(["getCredBlob": false]).isEmpty)
        let tooLong = try await bench.register(["credBlob": [UInt8](repeating: 0, count: 33).json])
        #expect(tooLong.response.clientExtensionResults.members == ["credBlob": false])
    }

    // MARK: PIN policy, payments, credProps

    @Test func `a listed site learns the PIN policy from signed data`() async throws {
        let bench = try ExtensionBench(#""pin": false"#)
        let inputs: [String: JSONValue] = ["minPinLength": true, "pinComplexityPolicy": true]
        let made = try await bench.register(inputs)
        #expect(made.response.clientExtensionResults.members.isEmpty)
        // This key lacks them.
        #expect(bench.requests(.makeCredential).last?[6] == nil)
        let other = try ExtensionBench()
        _ = try await other.register(inputs)
        #expect(other.requests(.makeCredential).last?[6] == ["minPinLength": true, "pinComplexityPolicy": true])
    }

    @Test func `payment is thirdPartyPayment on the key`() async throws {
        let bench = try ExtensionBench()
        let payment: [String: JSONValue] = ["payment": .object(["isPayment": true])]
        _ = try await bench.register(payment)
        let login = try #require(try await bench.logIn(payment).first)
        #expect(login.authData.extensions == ["thirdPartyPayment": true])
        #expect(login.response.clientExtensionResults.members.isEmpty)
        _ = try await bench.register(["payment": .object([:])])
        #expect(bench.requests(.makeCredential).last?[6] == nil)
    }

    @Test(
        arguments: [(.required, true), (.preferred, true), (.discouraged, false)]
            as [(CreationOptions.ResidentKey, Bool)]
    )
    func `credProps says whether the credential is discoverable`(
        residentKey: CreationOptions.ResidentKey,
        isDiscoverable: Bool
    ) async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register(["credProps": true], residentKey: residentKey)
        let expected: [String: JSONValue] = ["credProps": .object(["rk": .bool(isDiscoverable)])]
        #expect(made.response.clientExtensionResults.members == expected)
    }

    @Test func `inputs of several extensions go together`() async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register([
            "credProps": true, "prf": .object([:]), "credBlob": [1].json, "minPinLength": true, "unheard-of": 7,
            "largeBlob": .object(["support": "preferred"]), "credentialProtectionPolicy": "userVerificationRequired",
        ])
        #expect(
            made.response.clientExtensionResults.members == [
                "credProps": .object(["rk": true]), "prf": .object(["enabled": true]), "credBlob": true,
                "largeBlob": .object(["supported": true]),
            ]
        )
    }
}
