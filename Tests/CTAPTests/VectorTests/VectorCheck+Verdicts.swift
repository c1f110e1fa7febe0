import CTAP2
import Crypto
import Testing
@testable import WebAuthn

/// Registrations and logins at example.org, as a relying party verifies them and a client builds them.
extension VectorCheck {
    private static let rpId = "example.org"
    private static let origin = "https://example.org"

    static func checkVerdicts(_ registration: KnownAnswer, _ authentication: KnownAnswer) throws {
        let object = try AttestationObject(try #require(registration["attestationObject"]?.bytes))
        let credential = try #require(object.authData.attestedCredentialData)
        let made = RegistrationResponse(
            id: credential.credentialID,
            clientData: .json(try #require(registration["clientDataJSON"]?.bytes)),
            attestationObject: object.bytes,
            transports: [],
            authenticatorAttachment: nil,
            clientExtensionResults: ClientExtensionOutputs(),
            copies: RegistrationResponse.Copies(rawID: credential.credentialID, of: object)
        )
        try checkRequest(registration, .create) { request in
            var request = request
            request.algorithms = [credential.publicKey.algorithm]
            return made.verdict(request)
        } isGood: {
            isBuilt(credential.publicKey)
        }
        let record = CredentialRecord(
            id: credential.credentialID,
            publicKey: credential.publicKey,
            signCount: object.authData.signCount,
            isBackupEligible: object.authData.flags.contains(.backupEligible)
        )
        let login = AuthenticationResponse(
            id: credential.credentialID,
            rawID: credential.credentialID,
            clientData: .json(try #require(authentication["clientDataJSON"]?.bytes)),
            clientDataHash: nil,
            authenticatorData: try #require(authentication["authenticatorData"]?.bytes),
            signature: try #require(authentication["signature"]?.bytes),
            userHandle: nil,
            authenticatorAttachment: nil,
            clientExtensionResults: ClientExtensionOutputs()
        )
        try checkRequest(authentication, .get) { request in
            var request = request
            request.allowedCredentials = [credential.credentialID]
            return login.verdict(request, credential: record)
        } isGood: {
            isBuilt(credential.publicKey)
        }
        try checkPrivateKey(registration, credential.publicKey, login)
    }

    /// Checks the verdict under the request that was made, and under others; and that our client writes these client data.
    private static func checkRequest(
        _ answer: KnownAnswer,
        _ ceremony: ClientData.Ceremony,
        verdict: (PendingRequest) -> Verdict,
        isGood: () -> Bool
    ) throws {
        let challenge = try #require(answer["challenge"]?.bytes)
        let clientData = try ClientData(json: try #require(answer["clientDataJSON"]?.bytes))
        func request(
            challenge: [UInt8] = challenge,
            origin: String = origin,
            _ policy: PendingRequest.CrossOriginPolicy
        ) -> PendingRequest {
            PendingRequest(
                content: .webAuthn(challenge: challenge, origins: [origin], crossOrigin: policy),
                rpId: rpId
            )
        }
        let policy: PendingRequest.CrossOriginPolicy =
            clientData.crossOrigin ? .allowed(topOrigins: clientData.topOrigin.map { [$0] } ?? []) : .refused
        let good = verdict(request(policy))
        if isGood() {
            #expect(good.isGood, "\(String(describing: good.decisiveCheck))")
        } else {
            #expect(good.decisiveCheck?.lacksAlgorithm == true)
        }
        #expect(verdict(request(challenge: challenge.reversed(), policy)).decisiveCheck?.name == .challenge)
        #expect(verdict(request(origin: "https://example.com", policy)).decisiveCheck?.name == .origin)
        if clientData.crossOrigin {
            #expect(verdict(request(.refused)).decisiveCheck?.name == .crossOrigin)
            let elsewhere = request(.allowed(topOrigins: ["https://example.net"]))
            #expect(verdict(elsewhere).decisiveCheck?.name == .topOrigin)
        }
        let ours = ClientData(
            type: ceremony,
            challenge: challenge,
            origin: try Origin(origin),
            crossOrigin: clientData.crossOrigin,
            topOrigin: try clientData.topOrigin.map { text throws(OriginError) in try Origin(text) }
        )
        // A client may add members at the end.
        #expect(clientData.json.starts(with: ours.json.dropLast()))
    }

    /// Where the private key is given: its public key, and Ed25519's signature, which is deterministic.
    private static func checkPrivateKey(
        _ registration: KnownAnswer,
        _ key: COSEKey,
        _ login: AuthenticationResponse
    ) throws {
        guard let secret = (registration["credential_private_key"] ?? registration["private_key"])?.bytes else {
            return
        }
        switch key.material {
        case .ec2(1, let x, let y):
            #expect(try Array(P256.Signing.PrivateKey(rawRepresentation: secret).publicKey.rawRepresentation) == x + y)
        case .ec2(2, let x, let y):
            #expect(try Array(P384.Signing.PrivateKey(rawRepresentation: secret).publicKey.rawRepresentation) == x + y)
        case .ec2(3, let x, let y):
            let scalar = [UInt8](repeating: 0, count: 66 - secret.count) + secret
            #expect(try Array(P521.Signing.PrivateKey(rawRepresentation: scalar).publicKey.rawRepresentation) == x + y)
        case .okp(6, let x):
            let own = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
            #expect(Array(own.publicKey.rawRepresentation) == x)
            let signed = login.authenticatorData + login.clientData.hash
            #expect(try Array(own.signature(for: signed)) == login.signature)
        default: break
        }
    }
}
