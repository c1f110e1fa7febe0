import CTAP2
import Crypto
import CryptoExtras
import FoundationEssentials
import Testing
@testable import WebAuthn

/// Public keys in the forms in which servers store them.
@Suite struct StoredPublicKeyTests {
    private static func key(_ algorithm: COSEAlgorithm) throws -> COSEKey {
        func ec2(_ curve: Int, _ point: Data) -> COSEKey.Material {
            .ec2(curve: curve, x: Array(point.prefix(point.count / 2)), y: Array(point.suffix(point.count / 2)))
        }
        let material: COSEKey.Material =
            switch algorithm {
            case .es384: ec2(2, P384.Signing.PrivateKey().publicKey.rawRepresentation)
            case .es512: ec2(3, P521.Signing.PrivateKey().publicKey.rawRepresentation)
            case .edDSA: .okp(curve: 6, x: Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation))
            case .rs256, .ps256:
                try {
                    let numbers = try _RSA.Signing.PrivateKey(keySize: .bits2048).publicKey.getKeyPrimitives()
                    return .rsa(n: Array(numbers.modulus), e: Array(numbers.publicExponent))
                }()
            case .mlDSA44:
                .akp(
                    publicKey: try #require(MLDSA44.PrivateKey(seedRepresentation: [UInt8](1...32))).publicKey
                        .rawRepresentation
                )
            case .mlDSA65: .akp(publicKey: Array(try MLDSA65.PrivateKey().publicKey.rawRepresentation))
            case .mlDSA87: .akp(publicKey: Array(try MLDSA87.PrivateKey().publicKey.rawRepresentation))
            default: ec2(1, P256.Signing.PrivateKey().publicKey.rawRepresentation)
            }
        return COSEKey(algorithm: algorithm, material: material)
    }

    private func texts(_ bytes: [UInt8]) -> [String] {
        let base64 = Data(bytes).base64EncodedString()
        let wrapped = Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return [digits, digits.uppercased() + "\n", Base64URL.encode(bytes), base64, wrapped + "\r\n"]
    }

    @Test(arguments: [
        COSEAlgorithm.es256, .es384, .es512, .edDSA, .rs256, .mlDSA44, .mlDSA65, .mlDSA87,
    ])
    func `a key is read from COSE, DER and PEM, as bytes and as text`(algorithm: COSEAlgorithm) throws {
        let key = try Self.key(algorithm)
        let cose = CBOREncoder.encode(try #require(key.cbor))
        let der = try key.subjectPublicKeyInfo()
        var forms = [cose, der, Array(try key.pem().utf8)]
        forms += (texts(cose) + texts(der)).map { Array($0.utf8) }
        for form in forms {
            #expect(try COSEKey(stored: form) == key, "\(String(decoding: form.prefix(40), as: UTF8.self))")
        }
    }

    @Test func `the algorithm of a key in DER can be another one of its kind`() throws {
        let key = try Self.key(.ps256)
        let der = try key.subjectPublicKeyInfo()
        #expect(try COSEKey(stored: der, algorithm: .ps256) == key)
        #expect(try COSEKey(stored: der).algorithm == .rs256)
        #expect(throws: StoredPublicKeyError.key(.invalid(.es256))) { try COSEKey(stored: der, algorithm: .es256) }
        #expect(throws: StoredPublicKeyError.key(.insecure(.rs1))) { try COSEKey(stored: der, algorithm: .rs1) }
        let cose = CBOREncoder.encode(try #require(key.cbor))
        #expect(throws: StoredPublicKeyError.key(.invalid(.rs256))) { try COSEKey(stored: cose, algorithm: .rs256) }
    }

    /// Made with OpenSSL: Ed448, secp256k1 and the four Brainpool curves of ESB.
    @Test(arguments: [
        ("3043300506032b6571033a00", COSEAlgorithm.ed448), ("3056301006072a8648ce3d020106052b8104000a034200", .es256K),
        ("305a301406072a8648ce3d020106092b2403030208010107034200", .esb256),
        ("306a301406072a8648ce3d020106092b2403030208010109035200", .esb320),
        ("307a301406072a8648ce3d020106092b240303020801010b036200", .esb384),
        ("30819b301406072a8648ce3d020106092b240303020801010d03818200", .esb512),
    ])
    func `a key of a known kind that cannot be verified is unsupported by name`(
        head: String,
        algorithm: COSEAlgorithm
    ) throws {
        let start = hex(head)
        let size = start[1] == 0x81 ? Int(start[2]) + 3 : Int(start[1]) + 2
        let der = start + [UInt8](repeating: 4, count: size - start.count)
        #expect(throws: StoredPublicKeyError.key(.unsupported(algorithm))) { try COSEKey(stored: der) }
    }

    @Test(arguments: [
        "", "   \n", "A", "zz", "+1+1", "3059", "a0", "a10102", "AAAA====", "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "{\"kty\":\"EC\"}",
    ])
    func `what is not a public key is refused`(text: String) {
        #expect(throws: StoredPublicKeyError.self) { try COSEKey(stored: Array(text.utf8)) }
    }

    @Test func `a changed or cut key is refused or another key, and never traps`() throws {
        let key = try Self.key(.es256)
        for form in [CBOREncoder.encode(try #require(key.cbor)), try key.subjectPublicKeyInfo()] {
            for count in form.indices {
                #expect(throws: StoredPublicKeyError.self) { try COSEKey(stored: Array(form.prefix(count))) }
            }
            for index in form.indices {
                var changed = form
                changed[index] ^= 0x55
                #expect((try? COSEKey(stored: changed)) != key)
            }
        }
    }
}
