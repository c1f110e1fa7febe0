import CTAP2
import WebAuthn

/// What is known of the request that a stored response answered; what is not known is not compared.
struct KnownRequest {
    var challenge: [UInt8]?
    var origin: Origin?
    var rpID: String?
    var clientDataHash: [UInt8]?
    var requiresUserVerification = false

    /// What `response` must hold, given what is known.
    func pendingRequest(for response: RegistrationResponse) throws(Failure) -> PendingRequest {
        let object = try? AttestationObject(response.attestationObject)
        return try pendingRequest(for: response.clientData, rpIDHash: object?.authData.rpIDHash)
    }

    /// What `response` must hold, given what is known.
    func pendingRequest(for response: AuthenticationResponse) throws(Failure) -> PendingRequest {
        let data = try? AuthenticatorData(response.authenticatorData)
        return try pendingRequest(for: response.clientData, rpIDHash: data?.rpIDHash)
    }

    private func pendingRequest(
        for clientData: SignedClientData,
        rpIDHash: [UInt8]?
    ) throws(Failure) -> PendingRequest {
        let rpID = if let rpID { rpID } else { try Self.rpID(of: clientData, matching: rpIDHash) }
        var expected = PendingRequest(
            content: .webAuthn(challenge: challenge, origin: origin?.description),
            rpID: rpID,
            requiresUserVerification: requiresUserVerification
        )
        expected.clientDataHash = clientDataHash
        return expected
    }

    /// The RP ID, which a response does not name: the one of its origin's that has this hash, the origin's host when none has
    /// it. Empty where the client data, or their origin, will not pass the verification.
    private static func rpID(of clientData: SignedClientData, matching hash: [UInt8]?) throws(Failure) -> String {
        guard case .json(let json) = clientData else { throw Failure(.usage, .rpIDUnknown, hint: .rpIDUnknownHint) }
        guard let own = try? ClientData(json: json) else { return "" }
        do throws(OriginError) {
            let origin = try Origin(own.origin)
            let candidates = RelyingPartyID.candidates(for: origin)
            return (candidates.first { $0.hash == hash })?.text ?? origin.host.text
        } catch .noScheme, .unsupportedScheme {
            // Other clients than browsers have origins of other kinds, to which no RP ID can be matched.
            throw Failure(.usage, .rpIDUnknown, hint: .rpIDUnknownHint)
        } catch {
            return ""
        }
    }
}
