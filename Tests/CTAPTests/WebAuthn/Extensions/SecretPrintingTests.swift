import CTAP2
import Platform
import Testing
import VirtualAuthenticator
import WebAuthn

/// The secrets of extensions appear in no description.
@Suite struct SecretPrintingTests {
    private func descriptions(_ value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(reflecting: value), dumped]
    }

    @Test func `a large-blob key is not printed with what holds it`() async throws {
        let bytes = (0..<32).map { UInt8($0 + 100) }
        let response = GetAssertionResponse(
            authData: try AuthenticatorData([UInt8](repeating: 0, count: 37)),
            signature: [],
            largeBlobKey: LargeBlobKey(bytes)
        )
        let credential = DiscoverableCredential(
            rp: StoredRelyingParty(id: nil, rpIdHash: []),
            user: PublicKeyCredentialUserEntity(id: []),
            credential: PublicKeyCredentialDescriptor(id: []),
            largeBlobKey: response.largeBlobKey
        )
        for text in descriptions(response) + descriptions(credential) {
            #expect(!text.contains("101, 102") && !text.contains("101\n"), "\(text)")
        }
    }

    @Test func `a secret of prf is in the response's JSON only`() async throws {
        let bench = try ExtensionBench()
        let eval: WebAuthn.JSONValue = .object(["eval": .object(["first": "AQ"])])
        let made = try await bench.register(["prf": eval])
        let login = try #require(try await bench.logIn(["prf": eval]).first)
        guard case .string(let secret)? = login.response.clientExtensionResults.members["prf"]?["results"]?["first"]
        else {
            Issue.record("there is no secret")
            return
        }
        for text in descriptions(login) + descriptions(made) {
            #expect(!text.contains(secret))
        }
        #expect(String(decoding: try JSON.encode(login.response), as: UTF8.self).contains(secret))
    }
}
