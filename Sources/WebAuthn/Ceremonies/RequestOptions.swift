public import CTAP2

/// What a relying party asks of a login (WebAuthn L3 §5.5, "PublicKeyCredentialRequestOptions").
public struct RequestOptions: Hashable, Sendable {
    public var source: RequestSource
    public var rpID: String
    /// Credentials that may log in; empty means any discoverable one.
    public var allowCredentials: [PublicKeyCredentialDescriptor]
    public var userVerification: UserVerificationRequirement

    public init(
        source: RequestSource,
        rpID: String,
        allowCredentials: [PublicKeyCredentialDescriptor] = [],
        userVerification: UserVerificationRequirement = .preferred
    ) {
        self.source = source
        self.rpID = rpID
        self.allowCredentials = allowCredentials
        self.userVerification = userVerification
    }

    /// What the response must hold.
    public var pendingRequest: PendingRequest {
        PendingRequest(
            content: source.content,
            rpID: rpID,
            requiresUserVerification: userVerification == .required
        )
    }
}
