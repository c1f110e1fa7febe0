/// What a key says about itself and the user, signed (WebAuthn §6.1).
public struct AuthenticatorData: Hashable, Sendable {
    /// The bytes exactly as the key sent them, over which it signed.
    public let bytes: [UInt8]
    /// SHA-256 of the RP ID, 32 bytes.
    public let rpIDHash: [UInt8]
    public let flags: AuthenticatorDataFlags
    /// The signature counter; 0 when the key has none.
    public let signCount: UInt32
    /// The new credential; some keys repeat it in assertions.
    public let attestedCredentialData: AttestedCredentialData?
    /// Extension outputs by identifier, when the flags announce them.
    public let extensions: CBORMap?

    /// The length of authenticator data with neither a credential nor extensions.
    public static let minimumLength = 37
}
