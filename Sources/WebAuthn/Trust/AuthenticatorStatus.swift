/// A fact about a model of key in the FIDO Metadata Service (FIDO MDS 3 §3.1.4); unknown ones are kept.
public struct AuthenticatorStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The key signs although it did not verify its user.
    public static let userVerificationBypass = AuthenticatorStatus(rawValue: "USER_VERIFICATION_BYPASS")
    /// Others have the key that signs attestation statements.
    public static let attestationKeyCompromise = AuthenticatorStatus(rawValue: "ATTESTATION_KEY_COMPROMISE")
    /// Credentials can be copied from the key over a network.
    public static let userKeyRemoteCompromise = AuthenticatorStatus(rawValue: "USER_KEY_REMOTE_COMPROMISE")
    /// Credentials can be copied by someone who has the key.
    public static let userKeyPhysicalCompromise = AuthenticatorStatus(rawValue: "USER_KEY_PHYSICAL_COMPROMISE")
    /// The model must not be trusted any more.
    public static let revoked = AuthenticatorStatus(rawValue: "REVOKED")
    /// There is newer firmware.
    public static let updateAvailable = AuthenticatorStatus(rawValue: "UPDATE_AVAILABLE")

    /// Those that make a key untrustworthy.
    static let compromises: Set<AuthenticatorStatus> = [
        .userVerificationBypass, .attestationKeyCompromise, .userKeyRemoteCompromise, .userKeyPhysicalCompromise,
        .revoked,
    ]
}

extension AuthenticatorStatus: CustomStringConvertible {
    public var description: String { rawValue }
}
