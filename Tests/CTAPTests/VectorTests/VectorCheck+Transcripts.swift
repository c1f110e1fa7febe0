import CTAP2
import Crypto
import Testing
import WebAuthn

extension VectorCheck {
    /// Whole exchanges, computed from the specification's formulas.
    static let transcripts = [
        VectorCheck(
            name: "makeCredential response of a known key",
            claims: { $0.shape.contains("credentialPrivate") && $0.expectations.contains("authDataParsed") }
        ) { data, expect in
            let response = try MakeCredentialResponse(cbor: try #require(expect["responseMap"]?.cborMap))
            #expect(response.authData.bytes == expect["authData"]?.bytes)
            try checkAuthenticatorData(response.authData.bytes, expect["authDataParsed"])
            let rpId = try #require(data["rpId"]?.text)
            #expect(response.authData.rpIdHash == Array(SHA256.hash(data: Array(rpId.utf8))))
            let hash = try #require(data["clientDataHash"]?.bytes)
            #expect(try response.attestationObject.verify(clientDataHash: hash) == .selfAttestation)
            let credential = try #require(response.authData.attestedCredentialData)
            #expect(credential.publicKey == (try publicKey(data["credentialPrivate"])))
        },
        VectorCheck(
            name: "getAssertion response of a known key",
            claims: { $0.shape.contains("credentialPrivate") && $0.expectations.contains("signature") }
        ) { data, expect in
            let response = try GetAssertionResponse(cbor: try #require(expect["responseMap"]?.cborMap))
            #expect(response.authData.bytes == expect["authData"]?.bytes)
            #expect(response.signature == expect["signature"]?.bytes)
            let holds = try response.authData.verify(
                signature: response.signature,
                clientDataHash: try #require(data["clientDataHash"]?.bytes),
                publicKey: try publicKey(data["credentialPrivate"])
            )
            #expect(holds)
        },
    ]

    private static func publicKey(_ privateKey: KnownAnswer?) throws -> COSEKey {
        let key = try P256.Signing.PrivateKey(rawRepresentation: try #require(privateKey?.bytes))
        let point = Array(key.publicKey.rawRepresentation)
        return COSEKey(
            algorithm: .es256,
            material: .ec2(curve: 1, x: Array(point[..<32]), y: Array(point[32...]))
        )
    }
}
