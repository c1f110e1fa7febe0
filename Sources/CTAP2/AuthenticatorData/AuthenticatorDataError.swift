/// Why bytes are not authenticator data, or not the right ones for their response (WebAuthn §6.1, §6.5.2).
public enum AuthenticatorDataError: Error, Hashable, Sendable {
    /// The bytes end before `member` does.
    case truncated(member: String)
    /// The credential ID is longer than 1023 bytes.
    case credentialIDTooLong(byteCount: Int)
    /// The credential ID has no bytes.
    case credentialIDEmpty
    /// The credential public key is no COSE_Key in canonical form.
    case publicKey(CBORError)
    /// The flags announce extensions, and what follows is no CBOR map.
    case extensions(CBORError)
    /// Bytes are left over after the last member.
    case trailing(offset: Int)
    /// There is no credential where one must be.
    case missingAttestedCredentialData
}
