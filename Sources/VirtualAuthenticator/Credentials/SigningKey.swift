import CTAP2
import Crypto
import CryptoExtras
import FoundationEssentials
import Platform

/// A credential's key pair.
enum SigningKey: Sendable {
    case es256(P256.Signing.PrivateKey)
    case es384(P384.Signing.PrivateKey)
    case es512(P521.Signing.PrivateKey)
    case edDSA(Curve25519.Signing.PrivateKey)
    case rs256(RSAKey)
    case ps256(RSAKey)
    case mlDSA44(MLDSA44.PrivateKey)
    case mlDSA65(MLDSA65.PrivateKey)
    case mlDSA87(MLDSA87.PrivateKey)

    var algorithm: COSEAlgorithm {
        switch self {
        case .es256: .es256
        case .es384: .es384
        case .es512: .es512
        case .edDSA: .edDSA
        case .rs256: .rs256
        case .ps256: .ps256
        case .mlDSA44: .mlDSA44
        case .mlDSA65: .mlDSA65
        case .mlDSA87: .mlDSA87
        }
    }

    /// Restores a key pair from its `secret`.
    init(algorithm: COSEAlgorithm, secret: [UInt8]) throws(SigningKeyError) {
        do {
            switch algorithm {
            case .es256: self = .es256(try P256.Signing.PrivateKey(rawRepresentation: secret))
            case .es384: self = .es384(try P384.Signing.PrivateKey(rawRepresentation: secret))
            case .es512: self = .es512(try P521.Signing.PrivateKey(rawRepresentation: secret))
            case .edDSA: self = .edDSA(try Curve25519.Signing.PrivateKey(rawRepresentation: secret))
            case .rs256: self = .rs256(try RSAKey(secret: secret))
            case .ps256: self = .ps256(try RSAKey(secret: secret))
            case .mlDSA44:
                guard let key = MLDSA44.PrivateKey(seedRepresentation: secret) else {
                    throw SigningKeyError.invalidSecret
                }
                self = .mlDSA44(key)
            case .mlDSA65: self = .mlDSA65(try MLDSA65.PrivateKey(seedRepresentation: secret, publicKey: nil))
            case .mlDSA87: self = .mlDSA87(try MLDSA87.PrivateKey(seedRepresentation: secret, publicKey: nil))
            default: throw SigningKeyError.unsupportedAlgorithm(algorithm)
            }
        } catch let error as SigningKeyError {
            throw error
        } catch {
            throw .invalidSecret
        }
    }

    /// The private key: a scalar, a seed, or `RSAKey.secret`.
    var secret: [UInt8] {
        switch self {
        case .es256(let key): Array(key.rawRepresentation)
        case .es384(let key): Array(key.rawRepresentation)
        case .es512(let key): Array(key.rawRepresentation)
        case .edDSA(let key): Array(key.rawRepresentation)
        case .rs256(let key), .ps256(let key): key.secret
        case .mlDSA44(let key): key.seedRepresentation
        case .mlDSA65(let key): Array(key.seedRepresentation)
        case .mlDSA87(let key): Array(key.seedRepresentation)
        }
    }

    var publicKey: COSEKey {
        switch self {
        case .es256(let key): Self.ec2(.es256, curve: 1, key.publicKey.rawRepresentation)
        case .es384(let key): Self.ec2(.es384, curve: 2, key.publicKey.rawRepresentation)
        case .es512(let key): Self.ec2(.es512, curve: 3, key.publicKey.rawRepresentation)
        case .edDSA(let key):
            COSEKey(algorithm: .edDSA, material: .okp(curve: 6, x: Array(key.publicKey.rawRepresentation)))
        case .rs256(let key), .ps256(let key):
            COSEKey(algorithm: algorithm, material: .rsa(n: key.modulus, e: RSAKey.publicExponent))
        case .mlDSA44(let key): Self.akp(.mlDSA44, key.publicKey.rawRepresentation)
        case .mlDSA65(let key): Self.akp(.mlDSA65, key.publicKey.rawRepresentation)
        case .mlDSA87(let key): Self.akp(.mlDSA87, key.publicKey.rawRepresentation)
        }
    }

    /// The signature in the format of WebAuthn §6.5.5: DER for ECDSA, as the algorithm defines it for the others.
    func signature(over message: [UInt8]) throws -> [UInt8] {
        switch self {
        case .es256(let key): return Array(try key.signature(for: message).derRepresentation)
        case .es384(let key): return Array(try key.signature(for: message).derRepresentation)
        case .es512(let key): return Array(try key.signature(for: message).derRepresentation)
        case .edDSA(let key): return Array(try key.signature(for: message))
        case .rs256(let key): return try key.signature(over: message, padding: .insecurePKCS1v1_5)
        case .ps256(let key): return try key.signature(over: message, padding: .PSS)
        case .mlDSA44(let key):
            guard let signature = key.signature(for: message) else { throw SigningKeyError.invalidSecret }
            return signature
        case .mlDSA65(let key): return Array(try key.signature(for: message))
        case .mlDSA87(let key): return Array(try key.signature(for: message))
        }
    }

    /// `point` is X followed by Y, of equal length.
    private static func ec2(_ algorithm: COSEAlgorithm, curve: Int, _ point: Data) -> COSEKey {
        let half = point.count / 2
        return COSEKey(
            algorithm: algorithm,
            material: .ec2(curve: curve, x: Array(point.prefix(half)), y: Array(point.suffix(half)))
        )
    }

    private static func akp(_ algorithm: COSEAlgorithm, _ publicKey: some Sequence<UInt8>) -> COSEKey {
        COSEKey(algorithm: algorithm, material: .akp(publicKey: Array(publicKey)))
    }
}

extension SigningKey {
    /// Whether generating a key for this algorithm takes so long that KEEPALIVEs are due meanwhile.
    static func isSlow(_ algorithm: COSEAlgorithm) -> Bool {
        [.rs256, .ps256].contains(algorithm)
    }

    /// A new key from `random`; for RSA the cryptography library uses its own randomness.
    static func generate(
        _ algorithm: COSEAlgorithm,
        random: inout any RandomNumberGenerator
    ) throws(SigningKeyError) -> SigningKey {
        if algorithm == .rs256 { return .rs256(try RSAKey.generate()) }
        if algorithm == .ps256 { return .ps256(try RSAKey.generate()) }
        guard let secretSize = secretSize(of: algorithm) else { throw .unsupportedAlgorithm(algorithm) }
        for _ in 0..<16 {
            var secret = random.bytes(secretSize)
            // A P-521 scalar has 521 bits in its 66 bytes.
            if algorithm == .es512 { secret[0] &= 1 }
            // A random number outside the range of the curve's scalars is very unlikely.
            if let key = try? SigningKey(algorithm: algorithm, secret: secret) { return key }
        }
        throw .invalidSecret
    }

    private static func secretSize(of algorithm: COSEAlgorithm) -> Int? {
        switch algorithm {
        case .es256, .edDSA, .mlDSA44, .mlDSA65, .mlDSA87: 32
        case .es384: 48
        case .es512: 66
        default: nil
        }
    }
}
