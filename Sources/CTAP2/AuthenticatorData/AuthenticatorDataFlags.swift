/// The flags in authenticator data (WebAuthn §6.1); reserved bits are kept.
public struct AuthenticatorDataFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// UP: the user touched the key, or did as much.
    public static let userPresent = AuthenticatorDataFlags(rawValue: 0x01)
    /// UV: the key verified who the user is.
    public static let userVerified = AuthenticatorDataFlags(rawValue: 0x04)
    /// BE: the credential may be copied to other devices.
    public static let backupEligible = AuthenticatorDataFlags(rawValue: 0x08)
    /// BS: the credential has been copied.
    public static let backupState = AuthenticatorDataFlags(rawValue: 0x10)
    /// AT: attested credential data follows.
    public static let attestedCredentialData = AuthenticatorDataFlags(rawValue: 0x40)
    /// ED: an extension map follows.
    public static let extensionData = AuthenticatorDataFlags(rawValue: 0x80)
}
