internal import CTAP2

/// What a relying party knows about the request that a response must answer.
public struct PendingRequest: Hashable, Sendable {
    /// What must have been signed about the request.
    public enum Content: Hashable, Sendable {
        /// Client data with this challenge and origin; from a frame of another site only if that is allowed.
        case webAuthn(challenge: [UInt8], origin: String, allowsCrossOrigin: Bool = false)
        /// This client data hash, whatever it stands for.
        case clientDataHash([UInt8])
    }

    public var content: Content
    /// The RP ID as it was given to the key, domain or not.
    public var rpID: String
    /// Whether the key must have verified its user.
    public var requiresUserVerification: Bool

    public init(content: Content, rpID: String, requiresUserVerification: Bool = false) {
        self.content = content
        self.rpID = rpID
        self.requiresUserVerification = requiresUserVerification
    }
}

extension PendingRequest {
    /// The checks of client data that registrations and logins share.
    func check(_ signed: SignedClientData, ceremony: ClientData.Ceremony) throws(VerificationError) {
        switch (content, signed) {
        case (.webAuthn(let challenge, let origin, let allowsCrossOrigin), .json(let json)):
            let clientData: ClientData
            do throws(JSONError) {
                clientData = try ClientData(json: json)
            } catch {
                throw .clientDataJSON(error)
            }
            guard clientData.type == ceremony else { throw .ceremony(expected: ceremony, found: clientData.type) }
            guard clientData.challenge == challenge else { throw .challenge }
            guard clientData.origin == origin else { throw .origin(expected: origin, found: clientData.origin) }
            guard allowsCrossOrigin || !clientData.crossOrigin && clientData.topOrigin == nil else {
                throw .crossOrigin(topOrigin: clientData.topOrigin)
            }
        case (.clientDataHash(let hash), _):
            guard signed.hash == hash else { throw .clientDataHash }
        case (.webAuthn, .hash):
            throw .clientDataHash
        }
    }

    /// The checks of authenticator data that registrations and logins share.
    func check(_ data: AuthenticatorData) throws(VerificationError) {
        guard data.rpIDHash == RelyingPartyID.hash(of: rpID) else { throw .relyingPartyID(expected: rpID) }
        guard data.flags.contains(.userPresent) else { throw .userPresence }
        guard !requiresUserVerification || data.flags.contains(.userVerified) else { throw .userVerification }
        guard !data.flags.contains(.backupState) || data.flags.contains(.backupEligible) else { throw .backupState }
    }
}
