/// A new credential inside authenticator data (WebAuthn §6.5.2).
public struct AttestedCredentialData: Hashable, Sendable {
    public let aaguid: AAGUID
    /// 1 to 1023 bytes.
    public let credentialID: [UInt8]
    public let publicKey: COSEKey
    /// The COSE_Key's bytes exactly as the key sent them, which is what relying parties store.
    public let publicKeyBytes: [UInt8]

    /// The longest credential ID (WebAuthn §4, "Credential ID").
    public static let maximumCredentialIDLength = 1023
}
