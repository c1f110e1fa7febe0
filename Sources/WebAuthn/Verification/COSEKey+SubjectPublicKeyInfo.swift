internal import CTAP2
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
import SwiftASN1

extension COSEKey {
    /// The key of an X.509 SubjectPublicKeyInfo in DER; `algorithm` is by default the usual one of its kind.
    init(subjectPublicKeyInfo bytes: [UInt8], algorithm: COSEAlgorithm?) throws(StoredPublicKeyError) {
        guard let node = try? BER.parse(bytes) else { throw .malformed }
        if let unsupported = UnsupportedKey.algorithm(of: node) { throw .key(.unsupported(unsupported)) }
        guard var key = VerificationKey(subjectPublicKeyInfo: node)?.coseKey else { throw .malformed }
        key.algorithm = algorithm ?? key.algorithm
        self = key
    }
}

extension VerificationKey {
    /// The key with the usual algorithm of its kind.
    fileprivate var coseKey: COSEKey? {
        switch self {
        case .p256(let key): Self.ec2(.es256, curve: 1, key.rawRepresentation)
        case .p384(let key): Self.ec2(.es384, curve: 2, key.rawRepresentation)
        case .p521(let key): Self.ec2(.es512, curve: 3, key.rawRepresentation)
        case .ed25519(let key): COSEKey(algorithm: .edDSA, material: .okp(curve: 6, x: Array(key.rawRepresentation)))
        case .rsa(let key):
            (try? key.getKeyPrimitives()).map {
                COSEKey(algorithm: .rs256, material: .rsa(n: Array($0.modulus), e: Array($0.publicExponent)))
            }
        case .mlDSA44(let key): COSEKey(algorithm: .mlDSA44, material: .akp(publicKey: key.rawRepresentation))
        case .mlDSA65(let key): COSEKey(algorithm: .mlDSA65, material: .akp(publicKey: Array(key.rawRepresentation)))
        case .mlDSA87(let key): COSEKey(algorithm: .mlDSA87, material: .akp(publicKey: Array(key.rawRepresentation)))
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
}

/// Kinds of keys whose algorithm has a name but cannot be verified here.
private enum UnsupportedKey {
    private static let algorithms: [ASN1ObjectIdentifier: COSEAlgorithm] = [
        [1, 3, 101, 113]: .ed448,
        [1, 3, 132, 0, 10]: .es256K,
        [1, 3, 36, 3, 3, 2, 8, 1, 1, 7]: .esb256,
        [1, 3, 36, 3, 3, 2, 8, 1, 1, 9]: .esb320,
        [1, 3, 36, 3, 3, 2, 8, 1, 1, 11]: .esb384,
        [1, 3, 36, 3, 3, 2, 8, 1, 1, 13]: .esb512,
    ]

    /// Looks at the AlgorithmIdentifier: the algorithm, or the curve in its parameters.
    static func algorithm(of node: ASN1Node) -> COSEAlgorithm? {
        let identifiers = node.elements(.sequence)?.first?.elements(.sequence) ?? []
        return identifiers.compactMap { try? ASN1ObjectIdentifier(berEncoded: $0) }.compactMap { algorithms[$0] }.first
    }
}
