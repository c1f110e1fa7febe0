import CTAP2

/// Who asks a key to sign, and over what.
public enum RequestSource: Hashable, Sendable {
    /// A page: client data are made from the relying party's challenge and the page's origin.
    case webAuthn(challenge: [UInt8], origin: Origin)
    /// A program that uses CTAP without WebAuthn, with a hash of its own making, 32 bytes.
    case clientDataHash([UInt8])
}

extension RequestSource {
    /// What the key will sign; refuses an RP ID that the origin may not use.
    func clientData(_ ceremony: ClientData.Ceremony, rpID: String) throws(CeremonyError) -> SignedClientData {
        switch self {
        case .webAuthn(let challenge, let origin):
            do throws(RelyingPartyIDError) {
                try RelyingPartyID(rpID).check(for: origin)
            } catch {
                throw .relyingPartyID(error)
            }
            return .json(ClientData(type: ceremony, challenge: challenge, origin: origin).json)
        case .clientDataHash(let hash):
            return .hash(hash)
        }
    }

    /// What a response to this request must hold.
    var content: PendingRequest.Content {
        switch self {
        case .webAuthn(let challenge, let origin): .webAuthn(challenge: challenge, origin: origin.description)
        case .clientDataHash(let hash): .clientDataHash(hash)
        }
    }
}
