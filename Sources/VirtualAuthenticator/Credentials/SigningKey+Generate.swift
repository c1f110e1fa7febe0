import CTAP2

extension SigningKey {
    /// Whether a key for this algorithm takes so long to make that the key must show signs of life meanwhile.
    static func isSlow(_ algorithm: COSEAlgorithm) -> Bool {
        algorithm == .rs256
    }

    /// A new key from `random`, except RSA keys, which the cryptography library makes from its own randomness.
    static func generate(
        _ algorithm: COSEAlgorithm,
        random: inout any RandomNumberGenerator
    ) throws(Failure) -> SigningKey {
        guard algorithm != .rs256 else { return .rs256(try RSAKey.generate()) }
        guard let secretSize = secretSize(of: algorithm) else { throw .unsupportedAlgorithm(algorithm) }
        for _ in 0..<16 {
            var secret = random.bytes(secretSize)
            // A P-521 scalar has 521 bits in its 66 bytes.
            if algorithm == .es512 { secret[0] &= 1 }
            // Numbers that are no scalar of the curve are rare enough that a second try is all but never needed.
            if let key = try? SigningKey(algorithm: algorithm, secret: secret) { return key }
        }
        throw .invalidSecret
    }

    private static func secretSize(of algorithm: COSEAlgorithm) -> Int? {
        switch algorithm {
        case .es256, .edDSA: 32
        case .es384: 48
        case .es512: 66
        default: nil
        }
    }
}
