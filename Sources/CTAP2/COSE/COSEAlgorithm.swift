/// A COSE algorithm identifier (IANA "COSE Algorithms"); unknown values are kept.
public struct COSEAlgorithm: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static let es256 = COSEAlgorithm(rawValue: -7)
    public static let es384 = COSEAlgorithm(rawValue: -35)
    public static let es512 = COSEAlgorithm(rawValue: -36)
    /// With Ed25519; with Ed448 this library cannot verify it.
    public static let edDSA = COSEAlgorithm(rawValue: -8)
    public static let rs256 = COSEAlgorithm(rawValue: -257)
    public static let rs384 = COSEAlgorithm(rawValue: -258)
    public static let rs512 = COSEAlgorithm(rawValue: -259)
    /// RSASSA-PSS with SHA-256.
    public static let ps256 = COSEAlgorithm(rawValue: -37)
    public static let ps384 = COSEAlgorithm(rawValue: -38)
    public static let ps512 = COSEAlgorithm(rawValue: -39)
    /// ECDSA with P-256 and SHA-256, fully specified (RFC 9864).
    public static let esp256 = COSEAlgorithm(rawValue: -9)
    /// ECDSA with P-384 and SHA-384, fully specified.
    public static let esp384 = COSEAlgorithm(rawValue: -51)
    /// ECDSA with P-521 and SHA-512, fully specified.
    public static let esp512 = COSEAlgorithm(rawValue: -52)
    /// EdDSA with Ed25519, fully specified.
    public static let ed25519 = COSEAlgorithm(rawValue: -19)
    /// FIPS 204, post-quantum.
    public static let mlDSA44 = COSEAlgorithm(rawValue: -48)
    public static let mlDSA65 = COSEAlgorithm(rawValue: -49)
    public static let mlDSA87 = COSEAlgorithm(rawValue: -50)
    /// RSASSA-PKCS1-v1_5 with SHA-1: signs TPM attestation, never a login.
    public static let rs1 = COSEAlgorithm(rawValue: -65535)
    /// EdDSA with Ed448, fully specified; this library cannot verify it.
    public static let ed448 = COSEAlgorithm(rawValue: -53)
    /// ECDSA with secp256k1; this library cannot verify it.
    public static let es256K = COSEAlgorithm(rawValue: -47)
    /// ECDSA with brainpoolP256r1; this library cannot verify it.
    public static let esb256 = COSEAlgorithm(rawValue: -265)
    /// ECDSA with brainpoolP320r1; this library cannot verify it.
    public static let esb320 = COSEAlgorithm(rawValue: -266)
    /// ECDSA with brainpoolP384r1; this library cannot verify it.
    public static let esb384 = COSEAlgorithm(rawValue: -267)
    /// ECDSA with brainpoolP512r1; this library cannot verify it.
    public static let esb512 = COSEAlgorithm(rawValue: -268)
    /// Key agreement of the PIN/UV protocols; in spite of its name no HKDF is applied (CTAP 2.1 §6.5.6).
    public static let ecdhESHKDF256 = COSEAlgorithm(rawValue: -25)

    /// The algorithms of credentials whose signatures this library verifies.
    package static let verifiable: [COSEAlgorithm] = [
        .es256, .esp256, .es384, .esp384, .es512, .esp512, .edDSA, .ed25519, .rs256, .rs384, .rs512, .ps256, .ps384,
        .ps512, .mlDSA44, .mlDSA65, .mlDSA87,
    ]

    private static let names: [COSEAlgorithm: String] = [
        .es256: "ES256", .es384: "ES384", .es512: "ES512", .edDSA: "EdDSA", .rs256: "RS256", .rs384: "RS384",
        .rs512: "RS512", .ps256: "PS256", .ps384: "PS384", .ps512: "PS512", .esp256: "ESP256", .esp384: "ESP384",
        .esp512: "ESP512", .ed25519: "Ed25519", .mlDSA44: "ML-DSA-44", .mlDSA65: "ML-DSA-65", .mlDSA87: "ML-DSA-87",
        .rs1: "RS1", .ed448: "Ed448", .es256K: "ES256K", .esb256: "ESB256", .esb320: "ESB320", .esb384: "ESB384",
        .esb512: "ESB512", .ecdhESHKDF256: "ECDH-ES+HKDF-256",
    ]
}

extension COSEAlgorithm: CustomStringConvertible {
    /// The registered name, or the number.
    public var description: String { Self.names[self] ?? String(rawValue) }
}
