package import Crypto
package import CryptoExtras
internal import FoundationEssentials

/// A public key whose parameters have been checked: a point on its curve, a modulus of a safe size.
package enum VerificationKey {
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)
    /// At least 2048 bits.
    case rsa(_RSA.Signing.PublicKey)
    case mlDSA44(MLDSA44.PublicKey)
    case mlDSA65(MLDSA65.PublicKey)
    case mlDSA87(MLDSA87.PublicKey)

    /// Checks a credential's key, whose algorithm determines its type and curve (WebAuthn §5.8.5).
    package init(_ key: COSEKey) throws(COSEKeyError) {
        guard key.algorithm != .rs1 else { throw .insecure(.rs1) }
        guard !key.isEd448 else { throw .unsupported(.ed448) }
        guard COSEAlgorithm.verifiable.contains(key.algorithm) else { throw .unsupported(key.algorithm) }
        guard let parsed = try? VerificationKey(key.algorithm, key.material) else { throw .invalid(key.algorithm) }
        self = parsed
    }

    private init?(_ algorithm: COSEAlgorithm, _ material: COSEKey.Material) throws {
        switch (algorithm, material) {
        case (.es256, .ec2(1, let x, let y)), (.esp256, .ec2(1, let x, let y)):
            guard x.count == y.count else { return nil }
            self = .p256(try P256.Signing.PublicKey(rawRepresentation: x + y))
        case (.es384, .ec2(2, let x, let y)), (.esp384, .ec2(2, let x, let y)):
            guard x.count == y.count else { return nil }
            self = .p384(try P384.Signing.PublicKey(rawRepresentation: x + y))
        case (.es512, .ec2(3, let x, let y)), (.esp512, .ec2(3, let x, let y)):
            guard x.count == y.count else { return nil }
            self = .p521(try P521.Signing.PublicKey(rawRepresentation: x + y))
        case (.edDSA, .okp(6, let x)), (.ed25519, .okp(6, let x)):
            self.init(ed25519: x)
        case (_, .rsa(let n, let e)) where algorithm.usesRSA:
            self.init(modulus: n, exponent: e)
        case (_, .akp(let publicKey)):
            self.init(algorithm, publicKey: publicKey)
        default: return nil
        }
    }

    /// An Ed25519 key of 32 bytes; `nil` unless it is the canonical encoding of a point of large order.
    package init?(ed25519 bytes: [UInt8]) {
        guard Edwards25519.isPointOfLargeOrder(bytes),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self = .ed25519(key)
    }

    /// An RSA key; `nil` when it has fewer than 2048 bits, is even, or its numbers are not in their shortest form
    /// (RFC 8230 §4).
    package init?(modulus: [UInt8], exponent: [UInt8]) {
        guard let first = modulus.first, first != 0, let last = modulus.last, last & 1 == 1,
            let firstOfExponent = exponent.first, firstOfExponent != 0, exponent != [1],
            let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
        else { return nil }
        self = .rsa(key)
    }

    /// A key of ML-DSA; `nil` if it does not have the length of its algorithm, or for another algorithm.
    package init?(_ algorithm: COSEAlgorithm, publicKey: [UInt8]) {
        let key: VerificationKey? =
            switch algorithm {
            case .mlDSA44: MLDSA44.PublicKey(rawRepresentation: publicKey).map(VerificationKey.mlDSA44)
            case .mlDSA65: (try? MLDSA65.PublicKey(rawRepresentation: publicKey)).map(VerificationKey.mlDSA65)
            case .mlDSA87: (try? MLDSA87.PublicKey(rawRepresentation: publicKey)).map(VerificationKey.mlDSA87)
            default: nil
            }
        guard let key else { return nil }
        self = key
    }
}

extension COSEAlgorithm {
    fileprivate var usesRSA: Bool {
        [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512].contains(self)
    }
}

extension COSEKey {
    /// Throws unless the parameters are a valid key of its algorithm, and `verify` supports that algorithm.
    package func check() throws(COSEKeyError) {
        _ = try VerificationKey(self)
    }

    /// EdDSA can also mean Ed448, which this library does not support.
    fileprivate var isEd448: Bool {
        if case (.edDSA, .okp(7, _)) = (algorithm, material) { true } else { false }
    }
}
