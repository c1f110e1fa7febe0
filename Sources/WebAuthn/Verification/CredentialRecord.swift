public import CTAP2

/// What a relying party stores to verify logins (WebAuthn L3 §4, "credential record").
public struct CredentialRecord: Hashable, Sendable {
    public var id: [UInt8]
    public var publicKey: COSEKey
    /// The signature counter of the registration or the last login; 0 when the key has none.
    public var signCount: UInt32
    /// Whether the credential may be copied to other devices; this never changes.
    public var isBackupEligible: Bool

    public init(id: [UInt8], publicKey: COSEKey, signCount: UInt32, isBackupEligible: Bool) {
        self.id = id
        self.publicKey = publicKey
        self.signCount = signCount
        self.isBackupEligible = isBackupEligible
    }
}
