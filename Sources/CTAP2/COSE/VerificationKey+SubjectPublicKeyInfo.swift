internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

extension VerificationKey {
    /// DER of a P-256 key's SubjectPublicKeyInfo, up to the 65 bytes of the uncompressed point (RFC 5480 §2).
    fileprivate static let p256Prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ]
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
        case .mlDSA44(let key): Self.mlDSA(17, key.rawRepresentation)
        case .mlDSA65(let key): Self.mlDSA(18, Array(key.rawRepresentation))
        case .mlDSA87(let key): Self.mlDSA(19, Array(key.rawRepresentation))
        }
    }

    /// The key under 2.16.840.1.101.3.4.3.`parameterSet`, without parameters (RFC 9881 §4).
    private static func mlDSA(_ parameterSet: UInt8, _ key: [UInt8]) -> [UInt8] {
        let algorithm: [UInt8] = [
            0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, parameterSet,
        ]
        let bits = [0x03] + longLength(key.count + 1) + [0x00] + key
        return [0x30] + longLength(algorithm.count + bits.count) + algorithm + bits
    }

    /// A DER length in two bytes: 256 to 65535.
    private static func longLength(_ count: Int) -> [UInt8] {
        [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
    }

    /// SubjectPublicKeyInfo in PEM, ending with a line break (RFC 7468 §13).
    fileprivate var pem: String {
        let lines = Data(subjectPublicKeyInfo).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithLineFeed,
        ])
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n"
    }
}

extension COSEKey {
    /// The key as an X.509 SubjectPublicKeyInfo in DER, as WebAuthn's `getPublicKey()` returns it.
    public func subjectPublicKeyInfo() throws(COSEKeyError) -> [UInt8] {
        let key = try VerificationKey(self)
        // From the coordinates that were checked: swift-crypto's way to the same bytes takes as long as a login's parsing.
        guard case .p256 = key, case .ec2(_, let x, let y) = material else { return key.subjectPublicKeyInfo }
        return VerificationKey.p256Prefix + [0x04] + x + y
    }

    /// The same in PEM, ending with a line break.
    public func pem() throws(COSEKeyError) -> String {
        try VerificationKey(self).pem
    }
}
