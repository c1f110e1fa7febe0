internal import Crypto
internal import CryptoExtras

extension VerificationKey {
    /// Whether `signature` over `message` was made with this key and `algorithm`.
    ///
    /// ECDSA signatures must be strict DER. RS1 is accepted here, for attestation statements; a `COSEKey` cannot use it.
    /// Throws `unsupported` for an unknown algorithm, and `invalid` for one that does not match the key.
    package func verify(
        _ signature: [UInt8],
        over message: [UInt8],
        algorithm: COSEAlgorithm
    ) throws(COSEKeyError) -> Bool {
        guard algorithm == .rs1 || COSEAlgorithm.verifiable.contains(algorithm) else { throw .unsupported(algorithm) }
        return switch (algorithm, self) {
        case (.es256, .p256(let key)), (.esp256, .p256(let key)):
            (try? P256.Signing.ECDSASignature(derRepresentation: signature))
                .map { key.isValidSignature($0, for: message) } ?? false
        case (.es384, .p384(let key)), (.esp384, .p384(let key)):
            (try? P384.Signing.ECDSASignature(derRepresentation: signature))
                .map { key.isValidSignature($0, for: message) } ?? false
        case (.es512, .p521(let key)), (.esp512, .p521(let key)):
            (try? P521.Signing.ECDSASignature(derRepresentation: signature))
                .map { key.isValidSignature($0, for: message) } ?? false
        case (.edDSA, .ed25519(let key)), (.ed25519, .ed25519(let key)):
            key.isValidSignature(signature, for: message)
        case (.mlDSA44, .mlDSA44(let key)): key.isValidSignature(signature, for: message)
        case (.mlDSA65, .mlDSA65(let key)): key.isValidSignature(signature, for: message)
        case (.mlDSA87, .mlDSA87(let key)): key.isValidSignature(signature, for: message)
        case (_, .rsa(let key)):
            try Self.verify(_RSA.Signing.RSASignature(rawRepresentation: signature), over: message, algorithm, key)
        default:
            throw .invalid(algorithm)
        }
    }

    /// The salt of RSASSA-PSS is as long as the digest (RFC 8230 §2).
    private static func verify(
        _ signature: _RSA.Signing.RSASignature,
        over message: [UInt8],
        _ algorithm: COSEAlgorithm,
        _ key: _RSA.Signing.PublicKey
    ) throws(COSEKeyError) -> Bool {
        switch algorithm {
        case .rs1: key.isValidSignature(signature, for: Insecure.SHA1.hash(data: message), padding: .insecurePKCS1v1_5)
        case .rs256: key.isValidSignature(signature, for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
        case .rs384: key.isValidSignature(signature, for: SHA384.hash(data: message), padding: .insecurePKCS1v1_5)
        case .rs512: key.isValidSignature(signature, for: SHA512.hash(data: message), padding: .insecurePKCS1v1_5)
        case .ps256: key.isValidSignature(signature, for: SHA256.hash(data: message), padding: .PSS)
        case .ps384: key.isValidSignature(signature, for: SHA384.hash(data: message), padding: .PSS)
        case .ps512: key.isValidSignature(signature, for: SHA512.hash(data: message), padding: .PSS)
        default: throw .invalid(algorithm)
        }
    }
}

extension COSEKey {
    /// Whether `signature` over `message` was made with this key, by the key's own algorithm.
    ///
    /// Supports ECDSA with P-256, P-384 and P-521, EdDSA with Ed25519, RSA in both paddings with SHA-2, and ML-DSA.
    public func verify(signature: [UInt8], over message: [UInt8]) throws(COSEKeyError) -> Bool {
        try VerificationKey(self).verify(signature, over: message, algorithm: algorithm)
    }
}
