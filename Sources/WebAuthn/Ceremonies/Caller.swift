import CTAP2

/// Who requests a signature.
public enum Caller: Hashable, Sendable {
    /// A page: client data are made from the relying party's challenge and the page's origin. `top` is the origin of the page
    /// that shows it in a frame, when that is another one (WebAuthn L3 §5.8.1, `topOrigin`).
    case page(origin: Origin, top: Origin? = nil)
    /// A program that uses CTAP without WebAuthn, with a hash of its own, 32 bytes; the challenge is not used.
    case clientDataHash([UInt8])
}

extension Caller {
    /// The client data for the key to sign; throws for an RP ID that the origin may not use.
    func clientData(
        _ ceremony: ClientData.Ceremony,
        challenge: [UInt8],
        rpId: String
    ) throws(CeremonyError) -> SignedClientData {
        switch self {
        case .page(let origin, let top):
            do throws(RelyingPartyIDError) {
                try RelyingPartyID(rpId).check(for: origin)
            } catch {
                throw .relyingPartyID(error)
            }
            let data = ClientData(
                type: ceremony,
                challenge: challenge,
                origin: origin,
                crossOrigin: top != nil,
                topOrigin: top
            )
            return .json(data.json)
        case .clientDataHash(let hash):
            return .hash(hash)
        }
    }

    /// What the client data of this caller's request must hold.
    fileprivate func content(challenge: [UInt8]) -> PendingRequest.Content {
        switch self {
        case .page(let origin, let top):
            .webAuthn(
                challenge: challenge,
                origins: [origin.description],
                crossOrigin: top.map { .allowed(topOrigins: [$0.description]) } ?? .refused
            )
        case .clientDataHash(let hash): .clientDataHash(hash)
        }
    }
}

extension CreationOptions {
    /// What the response must hold when `caller` asked.
    public func pendingRequest(from caller: Caller) -> PendingRequest {
        pendingRequest(caller.content(challenge: challenge))
    }
}

extension RequestOptions {
    /// What the response must hold when `caller` asked.
    public func pendingRequest(from caller: Caller) -> PendingRequest {
        pendingRequest(caller.content(challenge: challenge))
    }
}
