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
    let mlDSA44 = try #require(MLDSA44.PrivateKey(seedRepresentation: [UInt8](repeating: 44, count: 32)))
    let mlDSA65 = try MLDSA65.PrivateKey()
    let mlDSA87 = try MLDSA87.PrivateKey()
    func rsaSignature(_ digest: some Digest, _ padding: _RSA.Signing.Padding) throws -> [UInt8] {
        Array(try rsa.signature(for: digest, padding: padding).rawRepresentation)
    }
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
    return [
        (COSEKey(algorithm: .es256, material: es256), signature256),
        (COSEKey(algorithm: .esp256, material: es256), signature256),
        (COSEKey(algorithm: .es384, material: es384), signature384),
        (COSEKey(algorithm: .esp384, material: es384), signature384),
        (COSEKey(algorithm: .es512, material: es512), signature512),
        (COSEKey(algorithm: .esp512, material: es512), signature512),
        (COSEKey(algorithm: .edDSA, material: okp), signatureEd),
        (COSEKey(algorithm: .ed25519, material: okp), signatureEd),
        (COSEKey(algorithm: .rs256, material: rs256), try rsaSignature(SHA256.hash(data: message), .insecurePKCS1v1_5)),
        (COSEKey(algorithm: .rs384, material: rs256), try rsaSignature(SHA384.hash(data: message), .insecurePKCS1v1_5)),
        (COSEKey(algorithm: .rs512, material: rs256), try rsaSignature(SHA512.hash(data: message), .insecurePKCS1v1_5)),
        (COSEKey(algorithm: .ps256, material: rs256), try rsaSignature(SHA256.hash(data: message), .PSS)),
        (COSEKey(algorithm: .ps384, material: rs256), try rsaSignature(SHA384.hash(data: message), .PSS)),
        (COSEKey(algorithm: .ps512, material: rs256), try rsaSignature(SHA512.hash(data: message), .PSS)),
        (
            COSEKey(algorithm: .mlDSA44, material: .akp(publicKey: mlDSA44.publicKey.rawRepresentation)),
            try #require(mlDSA44.signature(for: message))
        ),
        (
            COSEKey(algorithm: .mlDSA65, material: .akp(publicKey: Array(mlDSA65.publicKey.rawRepresentation))),
            Array(try mlDSA65.signature(for: message))
        ),
        (
            COSEKey(algorithm: .mlDSA87, material: .akp(publicKey: Array(mlDSA87.publicKey.rawRepresentation))),
            Array(try mlDSA87.signature(for: message))
        ),
    ]
}

@Suite("COSE keys", .ownThread)
struct COSEKeyTests {
    @Test("every algorithm verifies its signatures, and refuses them over another message, changed or cut")
    func verification() throws {
        for (key, signature) in try samples() {
            #expect(try key.verify(signature: signature, over: message), "\(key.algorithm)")
            #expect(try !key.verify(signature: signature, over: message + [0]), "\(key.algorithm)")
            var changed = signature
            changed[changed.count - 1] ^= 1
            #expect(try !key.verify(signature: changed, over: message), "\(key.algorithm)")
            for length in stride(from: 0, to: signature.count, by: signature.count > 1000 ? 97 : 1) {
                #expect(try !key.verify(signature: Array(signature[..<length]), over: message), "\(key.algorithm)")
            }
            #expect(try !key.verify(signature: signature + [0], over: message), "\(key.algorithm)")
        }
    }

    @Test("ECDSA signatures must be DER to the letter")
    func strictDER() throws {
        // r and s of one byte each are valid numbers, so only their encoding can be wrong.
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

    @Test("an algorithm on a curve that is not its own is no key", arguments: [0, 2, 3, 8])
    func curves(curve: Int) throws {
        let key = try #require(try samples().first).0
        guard case .ec2(_, let x, let y) = key.material else { return }
        let moved = COSEKey(algorithm: .es256, material: .ec2(curve: curve, x: x, y: y))
        #expect(throws: COSEKeyError.invalid(.es256)) { try moved.check() }
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

    /// WebAuthn §5.8.5: the algorithm determines the type and the curve.
    @Test func `a key of another type than its algorithm's is no key`() throws {
        let materials = try samples().map(\.0.material) + [.unknown(keyType: 4)]
        for (key, signature) in try samples() {
            for material in materials where material != key.material {
                let other = COSEKey(algorithm: key.algorithm, material: material)
                guard (try? other.check()) == nil else {
                    // ES256 and ESP256 use the same keys, and so do all algorithms of RSA.
                    continue
                }
                #expect(throws: COSEKeyError.invalid(key.algorithm)) { try other.check() }
                #expect(throws: COSEKeyError.invalid(key.algorithm)) {
                    try other.verify(signature: signature, over: message)
                }
            }
        }
        let es256 = try #require(try samples().first).0
        let edDSA = try #require(try samples().first { $0.0.algorithm == .edDSA }).0
        for (algorithm, material) in [
            (COSEAlgorithm.edDSA, es256.material), (.rs256, es256.material), (.es256, edDSA.material),
            (.es384, es256.material), (.esp512, es256.material), (.es256, .unknown(keyType: 4)),
            (.ps256, es256.material), (.mlDSA44, es256.material), (.es256, .akp(publicKey: [1])),
        ] {
            let key = COSEKey(algorithm: algorithm, material: material)
            #expect(throws: COSEKeyError.invalid(algorithm)) { try key.check() }
        }
    }

    @Test func `Ed448 is unsupported by name, under EdDSA too, and no key of Ed25519`() {
        let material = COSEKey.Material.okp(curve: 7, x: [UInt8](repeating: 1, count: 57))
        for algorithm in [COSEAlgorithm.edDSA, .ed448] {
            let key = COSEKey(algorithm: algorithm, material: material)
            #expect(throws: COSEKeyError.unsupported(.ed448)) { try key.check() }
        }
        #expect(throws: COSEKeyError.invalid(.ed25519)) { try COSEKey(algorithm: .ed25519, material: material).check() }
    }

    /// Little-endian y coordinates; the first seven are the points of order 1, 2, 4 and 8 (RFC 8032 §5.1.7), in
    /// canonical and other encodings.
    @Test(arguments: [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0200000000000000000000000000000000000000000000000000000000000000",
        "0700000000000000000000000000000000000000000000000000000000000000",
    ])
    func `an Ed25519 key of small order, not reduced, or not on the curve is no key`(y: String) {
        for sign: UInt8 in [0x00, 0x80] {
            var x = hex(y)
            x[31] |= sign
            for algorithm in [COSEAlgorithm.edDSA, .ed25519] {
                let key = COSEKey(algorithm: algorithm, material: .okp(curve: 6, x: x))
                #expect(throws: COSEKeyError.invalid(algorithm)) { try key.check() }
            }
        }
    }

    @Test func `every Ed25519 key that is made is one, and half of all encodings are`() {
        for _ in 0..<50 {
            let key = Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)
            #expect((try? COSEKey(algorithm: .edDSA, material: .okp(curve: 6, x: key)).check()) != nil)
        }
        // RFC 8032 §7.1, test 1, and the base point.
        for key in [
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "5866666666666666666666666666666666666666666666666666666666666666",
            "0300000000000000000000000000000000000000000000000000000000000000",
        ] {
            #expect((try? COSEKey(algorithm: .edDSA, material: .okp(curve: 6, x: hex(key))).check()) != nil, "\(key)")
        }
    }

    @Test func `numbers of an RSA key must be in their shortest form`() throws {
        let rs256 = try #require(try samples().first { $0.0.algorithm == .rs256 }).0
        guard case .rsa(let n, let e) = rs256.material else { return }
        for (n, e) in [([0] + n, e), (n, [0] + e), (n, [2]), (n, [1, 0, 0])] {
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
            case .akp(let publicKey):
                #expect(Array(der.suffix(publicKey.count)) == publicKey)
            case .unknown: Issue.record("no sample is of an unknown type")
            }
        }
    }
}
