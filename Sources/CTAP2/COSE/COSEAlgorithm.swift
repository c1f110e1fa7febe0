/// A COSE algorithm identifier (IANA "COSE Algorithms"); unknown values are kept.
public struct COSEAlgorithm: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static let es256 = COSEAlgorithm(rawValue: -7)
    public static let es384 = COSEAlgorithm(rawValue: -35)
    public static let es512 = COSEAlgorithm(rawValue: -36)
    public static let edDSA = COSEAlgorithm(rawValue: -8)
    public static let rs256 = COSEAlgorithm(rawValue: -257)
    /// ECDSA with P-256 and SHA-256, fully specified.
    public static let esp256 = COSEAlgorithm(rawValue: -9)
    /// ECDSA with P-384 and SHA-384, fully specified.
    public static let esp384 = COSEAlgorithm(rawValue: -51)
    /// ECDSA with P-521 and SHA-512, fully specified.
    public static let esp512 = COSEAlgorithm(rawValue: -52)
    /// EdDSA with Ed25519, fully specified.
    public static let ed25519 = COSEAlgorithm(rawValue: -19)
    /// ECDSA with secp256k1; this library cannot verify it.
    public static let es256K = COSEAlgorithm(rawValue: -47)
    /// Key agreement of the PIN/UV protocols; in spite of its name no HKDF is applied (CTAP 2.1 §6.5.6).
    public static let ecdhESHKDF256 = COSEAlgorithm(rawValue: -25)

    /// The algorithms whose signatures this library verifies.
    package static let verifiable: Set<COSEAlgorithm> = [
        .es256, .esp256, .es384, .esp384, .es512, .esp512, .edDSA, .ed25519, .rs256,
    ]
}

extension COSEAlgorithm: CustomStringConvertible {
    /// The registered name, or the number.
    public var description: String {
        switch self {
        case .es256: "ES256"
        case .es384: "ES384"
        case .es512: "ES512"
        case .edDSA: "EdDSA"
        case .rs256: "RS256"
        case .esp256: "ESP256"
        case .esp384: "ESP384"
        case .esp512: "ESP512"
        case .ed25519: "Ed25519"
        case .es256K: "ES256K"
        case .ecdhESHKDF256: "ECDH-ES+HKDF-256"
        default: String(rawValue)
        }
    }
}
