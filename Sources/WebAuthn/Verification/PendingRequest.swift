public import CTAP2

/// What a relying party knows about the request that a response must answer.
///
/// `CreationOptions` and `RequestOptions` make one from what was sent.
public struct PendingRequest: Hashable, Sendable {
    /// What must have been signed about the request.
    public enum Content: Hashable, Sendable {
        /// Client data with this challenge, from one of these origins, which are compared as strings: those of pages, apps
        /// (`android:apk-key-hash:…`) and browser extensions.
        ///
        /// `nil` and an empty list skip the comparison: a replayed response then goes unnoticed.
        case webAuthn(challenge: [UInt8]?, origins: [String], crossOrigin: CrossOriginPolicy = .refused)
        /// This client data hash.
        case clientDataHash([UInt8])
    }

    /// Whether the request may have come from a frame inside another site's page (WebAuthn L3 §7.1 steps 10 and 11).
    public enum CrossOriginPolicy: Hashable, Sendable {
        case refused
        /// Inside pages of these origins; an empty list allows any.
        case allowed(topOrigins: [String] = [])
    }

    public var content: Content
    /// The RP ID as sent to the key, domain or not. Empty if unknown: the response then cannot be good.
    public var rpId: String
    /// The AppID for which a credential from U2F may have signed in place of the RP ID (WebAuthn L3 §10.1.1).
    public var appID: String?
    /// Whether the key must have verified its user.
    public var requiresUserVerification: Bool
    /// The algorithms that a new credential may have; empty for any.
    public var algorithms: [COSEAlgorithm] = []
    /// The IDs of the credentials that may log in; empty for any.
    public var allowedCredentials: [[UInt8]] = []
    /// The hash that the client data must have, in addition to `content`.
    package var clientDataHash: [UInt8]?
    /// Other origins that may use the RP ID, where `content` has none.
    package var relatedOrigins: RelatedOrigins?

    public init(content: Content, rpId: String, requiresUserVerification: Bool = false) {
        self.content = content
        self.rpId = rpId
        self.requiresUserVerification = requiresUserVerification
    }
}

extension CreationOptions {
    /// What the response to these options must hold, sent from one of `origins`.
    public func pendingRequest(
        origins: [String],
        crossOrigin: PendingRequest.CrossOriginPolicy = .refused
    ) -> PendingRequest {
        pendingRequest(.webAuthn(challenge: challenge, origins: origins, crossOrigin: crossOrigin))
    }

    func pendingRequest(_ content: PendingRequest.Content) -> PendingRequest {
        var request = PendingRequest(
            content: content,
            rpId: rp.id,
            requiresUserVerification: userVerification == .required
        )
        request.algorithms = algorithms
        return request
    }
}

extension RequestOptions {
    /// What the response to these options must hold, sent from one of `origins`.
    public func pendingRequest(
        origins: [String],
        crossOrigin: PendingRequest.CrossOriginPolicy = .refused
    ) -> PendingRequest {
        pendingRequest(.webAuthn(challenge: challenge, origins: origins, crossOrigin: crossOrigin))
    }

    func pendingRequest(_ content: PendingRequest.Content) -> PendingRequest {
        var request = PendingRequest(
            content: content,
            rpId: rpId,
            requiresUserVerification: userVerification == .required
        )
        request.allowedCredentials = allowCredentials.map(\.id)
        if case .string(let appID) = extensions.members["appid"] { request.appID = appID }
        return request
    }
}
