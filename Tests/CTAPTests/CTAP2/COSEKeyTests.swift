import CTAP2
import Crypto
import CryptoExtras
import Testing

private let message: [UInt8] = [1, 2, 3]

/// A key of every algorithm with a signature over `message`.
private func samples() throws -> [(COSEKey, [UInt8])] {
    let p256 = P256.Signing.PrivateKey()
    let p384 = P384.Signing.PrivateKey()
    let p521 = P521.Signing.PrivateKey()
    let ed25519 = Curve25519.Signing.PrivateKey()
    let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let rsaKey = try rsa.publicKey.getKeyPrimitives()
    let digest = SHA256.hash(data: message)
    func ec2(_ curve: Int, _ point: some Sequence<UInt8>) -> COSEKey.Material {
        let bytes = Array(point)
        let half = bytes.count / 2
        return .ec2(curve: curve, x: Array(bytes[..<half]), y: Array(bytes[half...]))
    }
    let es256 = ec2(1, p256.publicKey.rawRepresentation)
    let es384 = ec2(2, p384.publicKey.rawRepresentation)
    let es512 = ec2(3, p521.publicKey.rawRepresentation)
    let okp = COSEKey.Material.okp(curve: 6, x: Array(ed25519.publicKey.rawRepresentation))
    let rs256 = COSEKey.Material.rsa(n: Array(rsaKey.modulus), e: Array(rsaKey.publicExponent))
    let signature256 = Array(try p256.signature(for: message).derRepresentation)
    let signature384 = Array(try p384.signature(for: message).derRepresentation)
    let signature512 = Array(try p521.signature(for: message).derRepresentation)
    let signatureEd = Array(try ed25519.signature(for: message))
    let signatureRSA = Array(try rsa.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
    return [
        (COSEKey(algorithm: .es256, material: es256), signature256),
        (COSEKey(algorithm: .esp256, material: es256), signature256),
        (COSEKey(algorithm: .es384, material: es384), signature384),
        (COSEKey(algorithm: .esp384, material: es384), signature384),
        (COSEKey(algorithm: .es512, material: es512), signature512),
        (COSEKey(algorithm: .esp512, material: es512), signature512),
        (COSEKey(algorithm: .edDSA, material: okp), signatureEd),
        (COSEKey(algorithm: .ed25519, material: okp), signatureEd),
        (COSEKey(algorithm: .rs256, material: rs256), signatureRSA),
    ]
}

@Suite("COSE keys")
struct COSEKeyTests {
    @Test("every algorithm verifies its signatures, and refuses them over another message, changed or cut")
    func verification() throws {
        for (key, signature) in try samples() {
            #expect(try key.verify(signature: signature, over: message), "\(key.algorithm)")
            #expect(try !key.verify(signature: signature, over: message + [0]), "\(key.algorithm)")
            var changed = signature
            changed[changed.count - 1] ^= 1
            #expect(try !key.verify(signature: changed, over: message), "\(key.algorithm)")
            for length in 0..<signature.count {
                #expect(try !key.verify(signature: Array(signature[..<length]), over: message), "\(key.algorithm)")
            }
            #expect(try !key.verify(signature: signature + [0], over: message), "\(key.algorithm)")
        }
    }

    @Test("ECDSA signatures must be DER to the letter")
    func strictDER() throws {
        // r and s of one byte each are valid numbers, so that only their encoding can be at fault.
        let key = try #require(try samples().first).0
        let lax = [
            "3006 0201 01 0201 01 00",  // a byte after the signature
            "3007 0201 01 0202 0001",  // a zero too many
            "3006 0281 01 01 0201 01",  // a length not in its shortest form
            "3006 0201 81 0201 01",  // a negative number
            "3006 0201 00 0201 01",  // zero
            "3080 0201 01 0201 01 0000",  // an indefinite length
            "302c 0228 \(String(repeating: "01", count: 40)) 0201 01",  // longer than the field
            "3003 0201 01", "3000", "0201 01",
        ]
        for signature in lax {
            #expect(try !key.verify(signature: hex(signature), over: message), "\(signature)")
        }
    }

    @Test("a key goes through CBOR and comes out as it was")
    func roundTrip() throws {
        for (key, _) in try samples() {
            let map = try #require(key.cbor)
            let read = try CBORDecoder.decode(CBOREncoder.encode(map), rules: .canonical)
            #expect(try COSEKey(cbor: try #require(read.map)) == key)
        }
    }

    @Test("a point that is not on its curve, or has coordinates of a wrong length, is no key")
    func invalidPoints() throws {
        for (key, signature) in try samples() {
            guard case .ec2(let curve, let x, let y) = key.material else { continue }
            let wrong: [COSEKey.Material] = [
                .ec2(curve: curve, x: x, y: x),
                .ec2(curve: curve, x: x + [y[0]], y: Array(y.dropFirst())),
                .ec2(curve: curve, x: Array(x.dropLast()), y: y),
                .ec2(curve: curve, x: [0] + x, y: y),
                .ec2(curve: curve, x: [UInt8](repeating: 0, count: x.count), y: [UInt8](repeating: 0, count: x.count)),
                .ec2(curve: curve, x: [UInt8](repeating: 0xFF, count: x.count), y: y),
                .ec2(curve: curve, x: [], y: []),
            ]
            for material in wrong {
                let bad = COSEKey(algorithm: key.algorithm, material: material)
                #expect(throws: COSEKeyError.invalid(key.algorithm)) { try bad.check() }
                #expect(throws: COSEKeyError.invalid(key.algorithm)) {
                    try bad.verify(signature: signature, over: message)
                }
            }
        }
    }

    @Test("an algorithm on a curve that is not its own is unsupported", arguments: [0, 2, 3, 8])
    func curves(curve: Int) throws {
        let key = try #require(try samples().first).0
        guard case .ec2(_, let x, let y) = key.material else { return }
        let moved = COSEKey(algorithm: .es256, material: .ec2(curve: curve, x: x, y: y))
        #expect(throws: COSEKeyError.unsupported(.es256)) { try moved.check() }
    }

    @Test("RSA keys below 2048 bits, even moduli and absurd exponents are no keys")
    func weakRSA() {
        let odd = [UInt8](repeating: 0xFF, count: 128)
        let even = [UInt8](repeating: 0xFE, count: 256)
        let large = [UInt8](repeating: 0xFF, count: 7_000)
        let good = [UInt8](repeating: 0xFF, count: 256)
        let pairs: [([UInt8], [UInt8])] = [
            (odd, [1, 0, 1]), (even, [1, 0, 1]), (large, [1, 0, 1]), (good, [UInt8](repeating: 0xFF, count: 256)),
            (good, []), ([], []), (good, [0]), (good, [1]),
        ]
        for (n, e) in pairs {
            let key = COSEKey(algorithm: .rs256, material: .rsa(n: n, e: e))
            #expect(throws: COSEKeyError.invalid(.rs256)) { try key.check() }
        }
    }

    @Test("a key type that this library does not know parses, and is unsupported when used")
    func unknownKeyType() throws {
        let map = try #require(try CBORDecoder.decode(hex("a4011912670319126820433132332143343536")).map)
        let key = try COSEKey(cbor: map)
        #expect(key.material == .unknown(keyType: 0x1267))
        #expect(throws: COSEKeyError.unsupported(COSEAlgorithm(rawValue: 0x1268))) {
            try key.verify(signature: [], over: [])
        }
    }

    @Test("SubjectPublicKeyInfo and PEM are what swift-crypto reads back")
    func subjectPublicKeyInfo() throws {
        for (key, _) in try samples() {
            let der = try key.subjectPublicKeyInfo()
            switch key.material {
            case .ec2(1, let x, let y):
                #expect(try Array(P256.Signing.PublicKey(derRepresentation: der).rawRepresentation) == x + y)
                #expect(try Array(P256.Signing.PublicKey(pemRepresentation: key.pem()).rawRepresentation) == x + y)
            case .ec2(2, let x, let y):
                #expect(try Array(P384.Signing.PublicKey(derRepresentation: der).rawRepresentation) == x + y)
            case .ec2(_, let x, let y):
                #expect(try Array(P521.Signing.PublicKey(derRepresentation: der).rawRepresentation) == x + y)
            case .okp(_, let x):
                #expect(der == hex("302a300506032b6570032100") + x)
            case .rsa(let n, _):
                let read = try _RSA.Signing.PublicKey(derRepresentation: der)
                #expect(try Array(read.getKeyPrimitives().modulus) == n)
            case .unknown: Issue.record("no sample is of an unknown type")
            }
        }
    }
}
