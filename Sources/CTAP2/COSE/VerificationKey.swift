import Crypto
import CryptoExtras
import X509

/// A public key whose parameters have been checked: a point on its curve, a modulus of a safe size.
enum VerificationKey {
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)
    /// At least 2048 bits.
    case rsa(_RSA.Signing.PublicKey)

    /// Checks a credential's key; its algorithm names the curve that it must be on (WebAuthn §5.8.5).
    init(_ key: COSEKey) throws(COSEKeyError) {
        do {
            switch (key.algorithm, key.material) {
            case (.es256, .ec2(1, let x, let y)), (.esp256, .ec2(1, let x, let y)):
                self = .p256(try P256.Signing.PublicKey(rawRepresentation: x + y))
            case (.es384, .ec2(2, let x, let y)), (.esp384, .ec2(2, let x, let y)):
                self = .p384(try P384.Signing.PublicKey(rawRepresentation: x + y))
            case (.es512, .ec2(3, let x, let y)), (.esp512, .ec2(3, let x, let y)):
                self = .p521(try P521.Signing.PublicKey(rawRepresentation: x + y))
            case (.edDSA, .okp(6, let x)), (.ed25519, .okp(6, let x)):
                self = .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: x))
            case (.rs256, .rsa(let n, let e)):
                self = .rsa(try _RSA.Signing.PublicKey(n: n, e: e))
            default:
                throw COSEKeyError.unsupported(key.algorithm)
            }
        } catch let error as COSEKeyError {
            throw error
        } catch {
            throw .invalid(key.algorithm)
        }
        guard key.hasFullLengthCoordinates else { throw .invalid(key.algorithm) }
    }

    /// The key of a certificate; `nil` for a kind that this library does not know.
    init?(_ key: Certificate.PublicKey) {
        if let key = P256.Signing.PublicKey(key) {
            self = .p256(key)
        } else if let key = P384.Signing.PublicKey(key) {
            self = .p384(key)
        } else if let key = P521.Signing.PublicKey(key) {
            self = .p521(key)
        } else if let key = Curve25519.Signing.PublicKey(key) {
            self = .ed25519(key)
        } else if let key = _RSA.Signing.PublicKey(key) {
            self = .rsa(key)
        } else {
            return nil
        }
    }

    /// Whether `signature` over `message` was made with this key and `algorithm`.
    ///
    /// ECDSA signatures must be DER to the letter. An algorithm that is not this key's is unsupported.
    func verify(
        _ signature: [UInt8],
        over message: [UInt8],
        algorithm: COSEAlgorithm
    ) throws(COSEKeyError) -> Bool {
        switch (algorithm, self) {
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
        case (.rs256, .rsa(let key)):
            key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature),
                for: SHA256.hash(data: message),
                padding: .insecurePKCS1v1_5
            )
        default:
            throw .unsupported(algorithm)
        }
    }

    /// The key as certificates carry it.
    var certificateKey: Certificate.PublicKey {
        switch self {
        case .p256(let key): Certificate.PublicKey(key)
        case .p384(let key): Certificate.PublicKey(key)
        case .p521(let key): Certificate.PublicKey(key)
        case .ed25519(let key): Certificate.PublicKey(key)
        case .rsa(let key): Certificate.PublicKey(key)
        }
    }
}

extension COSEKey {
    /// Both coordinates of a point are as long as the field (RFC 9053 §7.1.1): together they may be so by accident.
    fileprivate var hasFullLengthCoordinates: Bool {
        if case .ec2(_, let x, let y) = material { x.count == y.count } else { true }
    }
}
