/// A COSE_Key (RFC 9052 §7, RFC 9053 §7). Its parameters are validated by `check` and `verify` only.
public struct COSEKey: Hashable, Sendable {
    /// The key's family with its parameters; numbers are big-endian.
    public enum Material: Hashable, Sendable {
        /// Key type 2: `curve` 1 is P-256, 2 is P-384, 3 is P-521; `x` and `y` as long as the curve's field.
        case ec2(curve: Int, x: [UInt8], y: [UInt8])
        /// Key type 1: `curve` 6 is Ed25519, 7 is Ed448.
        case okp(curve: Int, x: [UInt8])
        /// Key type 3: modulus and public exponent.
        case rsa(n: [UInt8], e: [UInt8])
        /// Key type 7: the public key in the encoding that its algorithm defines (RFC 9964).
        case akp(publicKey: [UInt8])
        /// An unknown key type; its parameters are not kept.
        case unknown(keyType: Int)
    }

    public var algorithm: COSEAlgorithm
    public var material: Material

    public init(algorithm: COSEAlgorithm, material: Material) {
        self.algorithm = algorithm
        self.material = material
    }
}

/// Why a public key cannot be used.
public enum COSEKeyError: Error, Hashable, Sendable {
    /// This library does not verify signatures of this algorithm.
    case unsupported(COSEAlgorithm)
    /// The algorithm is not secure enough for the key of a credential: RS1.
    case insecure(COSEAlgorithm)
    /// The parameters are not a key of this algorithm: wrong type, curve or length, or a point that is not on the
    /// curve.
    case invalid(COSEAlgorithm)
}

extension COSEKey {
    /// The COSE_Key map; only its public parameters, `nil` for an unknown key type.
    package var cbor: CBORMap? {
        var map: CBORMap = [3: .int(algorithm.rawValue)]
        switch material {
        case .okp(let curve, let x):
            map[1] = 1
            map[-1] = .int(curve)
            map[-2] = .bytes(x)
        case .ec2(let curve, let x, let y):
            map[1] = 2
            map[-1] = .int(curve)
            map[-2] = .bytes(x)
            map[-3] = .bytes(y)
        case .rsa(let n, let e):
            map[1] = 3
            map[-1] = .bytes(n)
            map[-2] = .bytes(e)
        case .akp(let publicKey):
            map[1] = 7
            map[-1] = .bytes(publicKey)
        case .unknown: return nil
        }
        return map
    }

    /// Reads a COSE_Key map; other members are ignored, and a point in compressed form is refused (WebAuthn §5.8.5).
    package init(cbor map: CBORMap) throws(CBORError) {
        let keyType = try map.required(1, "kty", \.int)
        algorithm = COSEAlgorithm(rawValue: try map.required(3, "alg", \.int))
        switch keyType {
        case 1:
            material = .okp(
                curve: try map.required(-1, "crv", \.int),
                x: try map.required(-2, "x", \.bytes)
            )
        case 2:
            material = .ec2(
                curve: try map.required(-1, "crv", \.int),
                x: try map.required(-2, "x", \.bytes),
                y: try map.required(-3, "y", \.bytes)
            )
        case 3:
            material = .rsa(
                n: try map.required(-1, "n", \.bytes),
                e: try map.required(-2, "e", \.bytes)
            )
        case 7:
            material = .akp(publicKey: try map.required(-1, "pub", \.bytes))
        default: material = .unknown(keyType: keyType)
        }
    }
}
