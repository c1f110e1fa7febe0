import CTAP2
import Crypto

/// The types of keys, by OpenSSH's numbers.
package enum KeyType: UInt32, Sendable {
    case ecdsa = 0
    case ed25519 = 1

    var algorithm: COSEAlgorithm {
        switch self {
        case .ecdsa: .es256
        case .ed25519: .edDSA
        }
    }

    /// The type of a security key's public key, with its bytes as OpenSSH wants them; `nil` for a key of another type.
    static func publicKey(_ key: COSEKey) -> (type: KeyType, bytes: [UInt8])? {
        switch (key.algorithm, key.material) {
        case (.es256, .ec2(curve: 1, let x, let y)) where x.count == 32 && y.count == 32: (.ecdsa, [4] + x + y)
        case (.edDSA, .okp(curve: 6, let x)) where x.count == 32: (.ed25519, x)
        default: nil
        }
    }

    /// The parts of a security key's signature; `nil` if it is not one of this type.
    func parts(ofSignature signature: [UInt8]) -> (r: [UInt8], s: [UInt8])? {
        switch self {
        case .ed25519: return signature.count == 64 ? (signature, []) : nil
        case .ecdsa:
            guard let numbers = try? P256.Signing.ECDSASignature(derRepresentation: signature).rawRepresentation else {
                return nil
            }
            return (Self.magnitude(numbers.prefix(32)), Self.magnitude(numbers.dropFirst(32)))
        }
    }

    private static func magnitude(_ number: some Sequence<UInt8>) -> [UInt8] {
        Array(number.drop { $0 == 0 })
    }
}
