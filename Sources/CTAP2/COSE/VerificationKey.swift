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

    /// Checks a credential's key, whose algorithm determines its type and curve (WebAuthn §5.8.5).
    package init(_ key: COSEKey) throws(COSEKeyError) {
        guard COSEAlgorithm.verifiable.contains(key.algorithm), !key.isEd448 else { throw .unsupported(key.algorithm) }
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
        case (.rs256, .rsa(let n, let e)):
            self.init(modulus: n, exponent: e)
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

    /// Whether `signature` over `message` was made with this key and `algorithm`.
    ///
    /// ECDSA signatures must be strict DER. Throws `unsupported` for an unknown algorithm, and `invalid` for one that
    /// does not match the key.
    package func verify(
        _ signature: [UInt8],
        over message: [UInt8],
        algorithm: COSEAlgorithm
    ) throws(COSEKeyError) -> Bool {
        guard COSEAlgorithm.verifiable.contains(algorithm) else { throw .unsupported(algorithm) }
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
        case (.rs256, .rsa(let key)):
            key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature),
                for: SHA256.hash(data: message),
                padding: .insecurePKCS1v1_5
            )
        default:
            throw .invalid(algorithm)
        }
    }
}

extension VerificationKey {
    /// DER of an Ed25519 key's SubjectPublicKeyInfo, up to the 32 bytes of the key (RFC 8410 §4).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// An X.509 SubjectPublicKeyInfo in DER.
    package var subjectPublicKeyInfo: [UInt8] {
        switch self {
        case .p256(let key): Array(key.derRepresentation)
        case .p384(let key): Array(key.derRepresentation)
        case .p521(let key): Array(key.derRepresentation)
        case .ed25519(let key): Self.ed25519Prefix + Array(key.rawRepresentation)
        case .rsa(let key): Array(key.derRepresentation)
        }
    }

    /// SubjectPublicKeyInfo in PEM, ending with a line break (RFC 7468 §13).
    var pem: String {
        let lines = Data(subjectPublicKeyInfo).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithLineFeed,
        ])
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n"
    }
}

extension COSEKey {
    /// Whether `signature` over `message` was made with this key, by the key's own algorithm.
    ///
    /// Supports ES256, ES384, ES512, EdDSA with Ed25519, RS256 and their fully specified equivalents.
    public func verify(signature: [UInt8], over message: [UInt8]) throws(COSEKeyError) -> Bool {
        try VerificationKey(self).verify(signature, over: message, algorithm: algorithm)
    }

    /// Throws unless the parameters are a valid key of its algorithm, and `verify` supports that algorithm.
    package func check() throws(COSEKeyError) {
        _ = try VerificationKey(self)
    }

    /// The key as an X.509 SubjectPublicKeyInfo in DER, as WebAuthn's `getPublicKey()` returns it.
    public func subjectPublicKeyInfo() throws(COSEKeyError) -> [UInt8] {
        try VerificationKey(self).subjectPublicKeyInfo
    }

    /// The same in PEM, ending with a line break.
    public func pem() throws(COSEKeyError) -> String {
        try VerificationKey(self).pem
    }

    /// EdDSA can also mean Ed448, which this library does not support.
    fileprivate var isEd448: Bool {
        if case (.edDSA, .okp(7, _)) = (algorithm, material) { true } else { false }
    }
}
