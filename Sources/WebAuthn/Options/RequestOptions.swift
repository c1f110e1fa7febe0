public import CTAP2

/// A relying party's request for a login (WebAuthn L3 §5.5, "PublicKeyCredentialRequestOptions").
public struct RequestOptions: Hashable, Sendable {
    /// The relying party's challenge.
    public var challenge: [UInt8]
    public var rpId: String
    /// Credentials that may log in; empty means any discoverable one.
    public var allowCredentials: [PublicKeyCredentialDescriptor]
    public var userVerification: UserVerificationRequirement
    /// How long the relying party would wait; the client decides.
    public var timeout: Duration?
    public var hints: [PublicKeyCredentialHint] = []
    public var extensions = ClientExtensionInputs()

    public init(
        challenge: [UInt8],
        rpId: String,
        allowCredentials: [PublicKeyCredentialDescriptor] = [],
        userVerification: UserVerificationRequirement = .preferred
    ) {
        self.challenge = challenge
        self.rpId = rpId
        self.allowCredentials = allowCredentials
        self.userVerification = userVerification
    }
}
