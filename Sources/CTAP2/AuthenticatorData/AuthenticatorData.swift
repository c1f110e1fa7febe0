/// What a key signs: the relying party, user presence and verification, and a new credential (WebAuthn §6.1).
public struct AuthenticatorData: Hashable, Sendable {
    /// The bytes exactly as the key sent and signed them.
    public let bytes: [UInt8]
    /// SHA-256 of the RP ID, 32 bytes.
    public let rpIdHash: [UInt8]
    public let flags: AuthenticatorDataFlags
    /// The signature counter; 0 when the key has none.
    public let signCount: UInt32
    /// The new credential; some keys repeat it in assertions.
    public let attestedCredentialData: AttestedCredentialData?
    /// Extension outputs by identifier, when the flags announce them.
    public let extensions: CBORMap?

    /// The length without a credential and extensions.
    package static let minimumLength = 37
}

/// The flags in authenticator data (WebAuthn §6.1); reserved bits are kept.
public struct AuthenticatorDataFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// UP: the user touched the key, or showed presence in another way.
    public static let userPresent = AuthenticatorDataFlags(rawValue: 0x01)
    /// UV: the key verified the user.
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

/// A new credential inside authenticator data (WebAuthn §6.5.2).
public struct AttestedCredentialData: Hashable, Sendable {
    public let aaguid: AAGUID
    /// 1 to 1023 bytes.
    public let credentialID: [UInt8]
    public let publicKey: COSEKey
    /// The COSE_Key's bytes exactly as the key sent them, for relying parties to store.
    public let publicKeyBytes: [UInt8]

    /// The longest credential ID (WebAuthn §4, "Credential ID").
    package static let maximumCredentialIDLength = 1023
}

extension AuthenticatorData {
    /// Whether `signature` is an assertion over this data, made with the credential's key (WebAuthn §7.2 step 21).
    ///
    /// Checks the signature only: the caller must check flags, RP ID hash and counter.
    package func verify(
        signature: [UInt8],
        clientDataHash: [UInt8],
        publicKey: COSEKey
    ) throws(COSEKeyError) -> Bool {
        try publicKey.verify(signature: signature, over: bytes + clientDataHash)
    }
}

/// Why bytes are not authenticator data, or not valid in their response (WebAuthn §6.1, §6.5.2).
public enum AuthenticatorDataError: Error, Hashable, Sendable {
    /// The bytes end before `member` does.
    case truncated(member: String)
    /// The credential ID is longer than 1023 bytes.
    case credentialIDTooLong(byteCount: Int)
    /// The credential ID has no bytes.
    case credentialIDEmpty
    /// The credential public key is not a COSE_Key in canonical form.
    case publicKey(CBORError)
    /// The flags announce extensions, but a CBOR map does not follow.
    case extensions(CBORError)
    /// Bytes are left over after the last member.
    case trailing(offset: Int)
    /// A required credential is missing.
    case missingAttestedCredentialData
}
