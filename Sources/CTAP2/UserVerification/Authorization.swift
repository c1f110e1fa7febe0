/// The command, or the commands under one token, for which the user may have to be verified.
public struct Authorization: Hashable, Sendable {
    public enum Purpose: Hashable, Sendable {
        case makeCredential(discoverable: Bool)
        case getAssertion
        /// Any other command: it needs a token if the key is protected, and has no option `uv`.
        case management
    }

    public var purpose: Purpose
    /// The permissions that a token needs.
    public var permissions: PINUVAuthPermissions
    /// The relying party to which to bind a token.
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

/// A relying party's requirement for user verification (WebAuthn Level 3 §5.8.6).
public enum UserVerificationRequirement: String, Hashable, Sendable, CaseIterable {
    case required
    /// If possible; otherwise the operation continues without it.
    case preferred
    case discouraged
}
