import CTAP2
import Interaction
import WebAuthn

/// What the caller knows about the request; the rest is not compared.
struct KnownRequest {
    var challenge: [UInt8]?
    var origins: [String] = []
    var crossOrigin = PendingRequest.CrossOriginPolicy.refused
    var rpId: String?
    var appID: String?
    /// Of the RP ID.
    var relatedOrigins: RelatedOrigins?
    var clientDataHash: [UInt8]?
    var requiresUserVerification = false

    /// The request that `response` must answer.
    func pendingRequest(for response: RegistrationResponse) throws(Failure) -> PendingRequest {
        let object = try? AttestationObject(response.attestationObject)
        return try pendingRequest(for: response.clientData, rpIdHash: object?.authData.rpIdHash)
    }

    /// The request that `response` must answer.
    func pendingRequest(for response: AuthenticationResponse) throws(Failure) -> PendingRequest {
        let data = try? AuthenticatorData(response.authenticatorData)
        return try pendingRequest(for: response.clientData, rpIdHash: data?.rpIdHash)
    }

    private func pendingRequest(
        for clientData: SignedClientData,
        rpIdHash: [UInt8]?
    ) throws(Failure) -> PendingRequest {
        let rpId = if let rpId { rpId } else { try Self.rpId(of: clientData, matching: rpIdHash) }
        var expected = PendingRequest(
            content: .webAuthn(challenge: challenge, origins: origins, crossOrigin: crossOrigin),
            rpId: rpId,
            requiresUserVerification: requiresUserVerification
        )
        expected.appID = appID
        expected.clientDataHash = clientDataHash
        expected.relatedOrigins = relatedOrigins
        return expected
    }

    /// Finds the RP ID, which a response does not contain, among those its origin may use by their hash. Returns the origin's
    /// host if none matches, and an empty text if the client data or the origin are invalid: verification fails on those.
    private static func rpId(of clientData: SignedClientData, matching hash: [UInt8]?) throws(Failure) -> String {
        guard case .json(let json) = clientData else { throw Failure(.usage, .rpIdUnknown, hint: .rpIdUnknownHint) }
        guard let own = try? ClientData(json: json) else { return "" }
        do throws(OriginError) {
            let origin = try Origin(own.origin)
            let candidates = RelyingPartyID.candidates(for: origin)
            return (candidates.first { $0.hash == hash })?.text ?? origin.host.text
        } catch .noScheme, .unsupportedScheme {
            // Origins of native apps have no RP IDs of their own.
            throw Failure(.usage, .rpIdUnknown, hint: .rpIdUnknownHint)
        } catch {
            return ""
        }
    }
}
