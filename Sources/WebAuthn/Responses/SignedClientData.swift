import Crypto

/// What a key signed about the request: a client's JSON, or a bare hash.
///
/// The bare hash is CTAP without WebAuthn, as file encryption and SSH use keys; what it stands for its maker knows.
public enum SignedClientData: Hashable, Sendable {
    /// The bytes of `clientDataJSON`.
    case json([UInt8])
    /// A `clientDataHash` that was handed in, 32 bytes.
    case hash([UInt8])

    /// CTAP's `clientDataHash`.
    public var hash: [UInt8] {
        switch self {
        case .json(let bytes): Array(SHA256.hash(data: bytes))
        case .hash(let hash): hash
        }
    }
}
