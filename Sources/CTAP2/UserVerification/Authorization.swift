/// What has to be authorized by verifying the user: a command, or several under one token.
public struct Authorization: Hashable, Sendable {
    public enum Purpose: Hashable, Sendable {
        case makeCredential(discoverable: Bool)
        case getAssertion
        /// Any other command: it takes a token where the key is protected, and has no option `uv` of its own.
        case management
    }

    public var purpose: Purpose
    /// What a token must permit.
    public var permissions: PINUVAuthPermissions
    /// The relying party that a token is to be bound to.
    public var rpId: String?
    public var requirement: UserVerificationRequirement

    public init(
        _ purpose: Purpose,
        permissions: PINUVAuthPermissions,
        rpId: String? = nil,
        requirement: UserVerificationRequirement
    ) {
        self.purpose = purpose
        self.permissions = permissions
        self.rpId = rpId
        self.requirement = requirement
    }
}

/// How much a relying party wants the key to verify its user (WebAuthn Level 3 §5.8.6).
public enum UserVerificationRequirement: String, Hashable, Sendable, CaseIterable {
    case required
    /// If it can be had; the operation goes on without it.
    case preferred
    case discouraged
}
