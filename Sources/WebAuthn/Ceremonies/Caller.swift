import CTAP2

/// Who requests a signature.
public enum Caller: Hashable, Sendable {
    /// A page: client data are made from the relying party's challenge and the page's origin. `relatedOrigins` are those of the
    /// RP ID, for a page of another site that belongs to the relying party too.
    case page(origin: Origin, ancestors: Ancestors = .sameOrigin, relatedOrigins: RelatedOrigins? = nil)
    /// A program that uses CTAP without WebAuthn, with a hash of its own, 32 bytes; the challenge is not used.
    case clientDataHash([UInt8])

    /// The pages that show the requesting one in a frame (WebAuthn L3 §5.8.1, `crossOrigin` and `topOrigin`).
    public enum Ancestors: Hashable, Sendable {
        /// There are none, or they are of the same origin.
        case sameOrigin
        /// Some are of another origin. `top` is the origin of the outermost one; clients before Level 3 do not state it.
        case crossOrigin(top: Origin?)
    }
}

extension Caller {
    /// The client data for the key to sign.
    func clientData(_ ceremony: ClientData.Ceremony, challenge: [UInt8]) -> SignedClientData {
        switch self {
        case .page(let origin, let ancestors, _):
            let topOrigin: Origin? = if case .crossOrigin(let top) = ancestors { top } else { nil }
            let data = ClientData(
                type: ceremony,
                challenge: challenge,
                origin: origin,
                crossOrigin: ancestors != .sameOrigin,
                topOrigin: topOrigin
            )
            return .json(data.json)
        case .clientDataHash(let hash):
            return .hash(hash)
        }
    }

    /// Throws for an RP ID that the caller may not use.
    fileprivate func check(rpId: String) throws(CeremonyError) {
        guard case .page(let origin, _, let relatedOrigins) = self else { return }
        do throws(RelyingPartyIDError) {
            let id = try RelyingPartyID(rpId)
            if relatedOrigins?.contains(origin) != true { try id.check(for: origin) }
        } catch {
            throw .relyingPartyID(error)
        }
    }

    /// What the client data of this caller's request must hold.
    fileprivate func content(challenge: [UInt8]) -> PendingRequest.Content {
        switch self {
        case .page(let origin, let ancestors, _):
            .webAuthn(challenge: challenge, origins: [origin.description], crossOrigin: ancestors.policy)
        case .clientDataHash(let hash): .clientDataHash(hash)
        }
    }
}

extension Caller.Ancestors {
    fileprivate var policy: PendingRequest.CrossOriginPolicy {
        switch self {
        case .sameOrigin: .refused
        case .crossOrigin(let top): .allowed(topOrigins: top.map { [$0.description] } ?? [])
        }
    }
}

extension CreationOptions {
    /// Throws for what no key could change: an RP ID that `caller` may not use, or an authenticator that is not a security key.
    ///
    /// `register` checks the same, but only when it has a key.
    public func check(for caller: Caller) throws(CeremonyError) {
        try caller.check(rpId: rp.id)
        guard authenticatorAttachment != .platform else { throw .platformAuthenticator }
    }

    /// What the response must hold when `caller` asked.
    public func pendingRequest(from caller: Caller) -> PendingRequest {
        pendingRequest(caller.content(challenge: challenge))
    }
}

extension RequestOptions {
    /// Throws for an RP ID that `caller` may not use.
    ///
    /// `authenticate` checks the same, but only when it has a key.
    public func check(for caller: Caller) throws(CeremonyError) {
        try caller.check(rpId: rpId)
    }

    /// What the response must hold when `caller` asked.
    public func pendingRequest(from caller: Caller) -> PendingRequest {
        pendingRequest(caller.content(challenge: challenge))
    }
}
