/// A public key as CTAP carries it (RFC 9052 §7, RFC 9053 §7): parameters only, nothing is checked against a curve here.
public struct COSEKey: Hashable, Sendable {
    /// The key's family with its parameters; numbers are big-endian.
    public enum Material: Hashable, Sendable {
        /// Key type 2: `curve` 1 is P-256, 2 is P-384, 3 is P-521; `x` and `y` as long as the curve's field.
        case ec2(curve: Int, x: [UInt8], y: [UInt8])
        /// Key type 1: `curve` 6 is Ed25519.
        case okp(curve: Int, x: [UInt8])
        /// Key type 3: modulus and public exponent.
        case rsa(n: [UInt8], e: [UInt8])
        /// A key type that this library does not know; its parameters are in the map it came in.
        case unknown(keyType: Int)
    }

    public var algorithm: COSEAlgorithm
    public var material: Material

    public init(algorithm: COSEAlgorithm, material: Material) {
        self.algorithm = algorithm
        self.material = material
    }
}
