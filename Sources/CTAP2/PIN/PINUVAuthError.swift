/// What can go wrong with the secrets of a PIN/UV auth protocol.
public enum PINUVAuthError: Error, Hashable, Sendable {
    /// The key's key agreement key is no point on P-256.
    case keyAgreement
    /// Bytes that were to be encrypted or decrypted have a length that the protocol does not allow.
    case wrongLength(byteCount: Int)
}
