import Crypto

/// What a key signed about the request: a client's JSON, or a bare hash.
///
/// A bare hash is CTAP without WebAuthn, as used for file encryption and SSH. Only its maker knows what it covers.
public enum SignedClientData: Hashable, Sendable {
    /// The bytes of `clientDataJSON`.
    case json([UInt8])
    /// A `clientDataHash` supplied by the caller, 32 bytes.
    case hash([UInt8])

    /// CTAP's `clientDataHash`.
    public var hash: [UInt8] {
        switch self {
        case .json(let bytes): Array(SHA256.hash(data: bytes))
        case .hash(let hash): hash
        }
    }
}
