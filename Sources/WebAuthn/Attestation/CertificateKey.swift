internal import CTAP2
import Crypto
import SwiftASN1

private enum KeyIdentifier {
    static let elliptic: ASN1ObjectIdentifier = [1, 2, 840, 10045, 2, 1]
    static let p256: ASN1ObjectIdentifier = [1, 2, 840, 10045, 3, 1, 7]
    static let p384: ASN1ObjectIdentifier = [1, 3, 132, 0, 34]
    static let p521: ASN1ObjectIdentifier = [1, 3, 132, 0, 35]
    static let rsa: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 1]
    static let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]
    static let mlDSA: [ASN1ObjectIdentifier: COSEAlgorithm] = [
        [2, 16, 840, 1, 101, 3, 4, 3, 17]: .mlDSA44,
        [2, 16, 840, 1, 101, 3, 4, 3, 18]: .mlDSA65,
        [2, 16, 840, 1, 101, 3, 4, 3, 19]: .mlDSA87,
    ]
}

extension VerificationKey {
    /// The key of a certificate's SubjectPublicKeyInfo, a point in either of its forms (RFC 5480 §2.2); `nil` for an
    /// unknown kind, or for anything that is not a key.
    init?(subjectPublicKeyInfo node: ASN1Node) {
        guard
            let parts = node.elements(.sequence), parts.count == 2,
            let algorithm = parts[0].elements(.sequence),
            let identifier = algorithm.first.flatMap({ try? ASN1ObjectIdentifier(berEncoded: $0) }),
            let bits = parts[1].primitive(.bitString), bits.first == 0
        else { return nil }
        let key = Array(bits.dropFirst())
        switch identifier {
        case KeyIdentifier.elliptic:
            guard let curve = algorithm.dropFirst().first.flatMap({ try? ASN1ObjectIdentifier(berEncoded: $0) }) else {
                return nil
            }
            self.init(point: key, curve: curve)
        case KeyIdentifier.rsa:
            guard
                let numbers = try? BER.parse(key).elements(.sequence), numbers.count == 2,
                let modulus = numbers[0].primitive(.integer),
                let exponent = numbers[1].primitive(.integer)
            else { return nil }
            self.init(modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
        case KeyIdentifier.ed25519: self.init(ed25519: key)
        default:
            guard let algorithm = KeyIdentifier.mlDSA[identifier] else { return nil }
            self.init(algorithm, publicKey: key)
        }
    }

    private init?(point: [UInt8], curve: ASN1ObjectIdentifier) {
        let isCompressed = point.first != 4
        let parsed: VerificationKey? =
            switch curve {
            case KeyIdentifier.p256:
                (isCompressed
                    ? try? P256.Signing.PublicKey(compressedRepresentation: point)
                    : try? P256.Signing.PublicKey(x963Representation: point)).map(VerificationKey.p256)
            case KeyIdentifier.p384:
                (isCompressed
                    ? try? P384.Signing.PublicKey(compressedRepresentation: point)
                    : try? P384.Signing.PublicKey(x963Representation: point)).map(VerificationKey.p384)
            case KeyIdentifier.p521:
                (isCompressed
                    ? try? P521.Signing.PublicKey(compressedRepresentation: point)
                    : try? P521.Signing.PublicKey(x963Representation: point)).map(VerificationKey.p521)
            default: nil
            }
        guard let parsed else { return nil }
        self = parsed
    }
}
