/// How much a relying party wants the key to verify its user (WebAuthn Level 3 §5.8.6).
public enum UserVerificationRequirement: String, Hashable, Sendable, CaseIterable {
    case required
    /// If it can be had; the operation goes on without it.
    case preferred
    case discouraged
}
