@testable import CTAP2
import Crypto
import Testing

extension VectorCheck {
    /// The single functions of the PIN/UV auth protocols.
    static let pinProtocols = [
        VectorCheck(
            name: "key agreement",
            claims: { $0.shape.isSuperset(of: ["platformX", "authenticatorX"]) && !isPRF($0) }
        ) {
            data,
            expect in
            try checkAgreement(data, expect)
        },
        VectorCheck(name: "key derivation", claims: { isPIN($0) && $0.shape == ["Z"] }) { data, expect in
            let z = Secret(copying: try #require(data["Z"]?.bytes))
            checkDerived(z, expect)
        },
        VectorCheck(name: "HMAC", claims: { isPIN($0) && $0.shape == ["key", "message"] }) { data, expect in
            let key = try #require(data["key"]?.bytes)
            let message = try #require(data["message"]?.bytes)
            let mac = try #require(expect["mac"]?.bytes)
            // Protocol two uses only 32 bytes of a key: a longer one tests the primitive alone.
            guard key.count <= 32 || mac.count == 16 else {
                #expect(Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))) == mac)
                return
            }
            let pinUvAuthProtocol: PINUVAuthProtocol = mac.count == 16 ? .one : .two
            #expect(pinUvAuthProtocol.authenticate(message, key: Secret(copying: key)) == mac)
        },
        VectorCheck(name: "encryption", claims: { isPIN($0) && $0.shape.contains("plaintext") }) { data, expect in
            try checkEncryption(data, expect)
        },
        VectorCheck(name: "PIN preparation", claims: { $0.shape == ["pinCodePoints"] }) { data, expect in
            try checkPreparation(try #require(data["pinCodePoints"]?.text), expect)
        },
        VectorCheck(
            name: "secrets under a known key",
            claims: { isPIN($0) && !$0.shape.isDisjoint(with: ["pin", "tokenEnc", "newPinEnc"]) }
        ) { data, expect in
            try checkSecrets(data, expect)
        },
        VectorCheck(name: "pinUvAuthParam", claims: { isPIN($0) && $0.shape == ["token", "clientDataHash"] }) {
            data,
            expect in
            let hash = try #require(data["clientDataHash"]?.bytes)
            let param = try #require(expect["pinUvAuthParam"]?.bytes)
            let token = try token(data["token"], param.count == 16 ? .one : .two)
            #expect(token.authenticate(hash) == param)
        },
        VectorCheck(name: "clientPIN request", claims: { isPIN($0) && $0.shape == ["request"] }) { data, expect in
            let request = try #require(data["request"]?.bytes)
            #expect(request.first == CTAPCommand.clientPIN.rawValue)
            let map = try #require(
                try checkItem(Array(request.dropFirst()), expect["diag"], isCanonical: true).map
            )
            #expect(try clientPINRequest(map).message == request)
        },
    ]

    private static func isPIN(_ vector: Vector) -> Bool { vector.file == "pin_protocol.json" }
    private static func isPRF(_ vector: Vector) -> Bool { vector.file == "prf_hmac_secret.json" }

    static func token(_ answer: KnownAnswer?, _ pinUvAuthProtocol: PINUVAuthProtocol) throws -> PINUVAuthToken {
        try PINUVAuthToken(
            pinUvAuthProtocol,
            secret: Secret(copying: try #require(answer?.bytes)),
            permissions: [.makeCredential, .getAssertion],
            rpId: nil
        )
    }

    static func clientPINRequest(_ map: CBORMap) throws -> ClientPINRequest {
        let subCommand = try #require(map[2]?.int.flatMap(ClientPINSubCommand.init(rawValue:)))
        var request = ClientPINRequest(subCommand, map[1]?.int.flatMap(PINUVAuthProtocol.init(rawValue:)))
        request.keyAgreement = try map[3]?.map.map { try COSEKey(cbor: $0) }
        request.pinUvAuthParam = map[4]?.bytes
        request.newPinEnc = map[5]?.bytes
        request.pinHashEnc = map[6]?.bytes
        request.permissions = map[9]?.int.map { PINUVAuthPermissions(rawValue: UInt8($0)) }
        request.rpId = map[10]?.text
        return request
    }

    private static func exposed(_ secret: borrowing Secret) -> [UInt8] {
        secret.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// Both protocols' secrets from a shared point, if the entry has them.
    private static func checkDerived(_ z: borrowing Secret, _ expect: KnownAnswer) {
        let one = exposed(PINUVAuthProtocol.one.kdf(z))
        let two = exposed(PINUVAuthProtocol.two.kdf(z))
        if let plain = expect["sharedSecret"]?.bytes { #expect(plain == (plain.count == 32 ? one : two)) }
        if let expected = expect["p1.sharedSecret"] { #expect(expected.bytes == one) }
        if let expected = expect["p2.sharedSecret"] { #expect(expected.bytes == two) }
        for prefix in ["", "p2."] {
            if let expected = expect[prefix + "hmacKey"] { #expect(expected.bytes == Array(two.prefix(32))) }
            if let expected = expect[prefix + "aesKey"] { #expect(expected.bytes == Array(two.suffix(32))) }
        }
        if let wrong = expect["wrongSingleExpand"] { #expect(wrong.bytes != two) }
    }

    private static func checkAgreement(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let sides = ["platform", "authenticator"]
        for side in sides {
            guard let privateBytes = data[side + "Private"]?.bytes else { continue }
            let privateKey = try P256.KeyAgreement.PrivateKey(rawRepresentation: privateBytes)
            let other = try #require(sides.first { $0 != side })
            let x = try #require(data[other + "X"]?.bytes)
            let y = try #require(data[other + "Y"]?.bytes)
            let peer = COSEKey(algorithm: .ecdhESHKDF256, material: .ec2(curve: 1, x: x, y: y))
            let publicKey = try P256.KeyAgreement.PublicKey(rawRepresentation: x + y)
            let shared = try privateKey.sharedSecretFromKeyAgreement(with: publicKey)
            let z = unsafe shared.withUnsafeBytes { unsafe Array($0) }
            #expect(z == expect["Z"]?.bytes)
            checkDerived(Secret(copying: z), expect)
            for pinUvAuthProtocol in PINUVAuthProtocol.allCases {
                let agreed = try PINUVSharedSecret(pinUvAuthProtocol, with: peer, privateKey: privateKey)
                let known = PINUVSharedSecret(
                    pinUvAuthProtocol,
                    secret: pinUvAuthProtocol.kdf(Secret(copying: z)),
                    platformKey: peer
                )
                #expect(agreed.authenticate([1]) == known.authenticate([1]))
                let ownX = try #require(data[side + "X"]?.bytes)
                let ownY = try #require(data[side + "Y"]?.bytes)
                #expect(agreed.platformKey.cbor == [1: 2, 3: -25, -1: 1, -2: .bytes(ownX), -3: .bytes(ownY)])
            }
        }
        if let response = expect["keyAgreementResponseMap"] {
            let read = try ClientPINResponse(cbor: try #require(response.cborMap))
            let x = try #require(data["authenticatorX"]?.bytes)
            let y = try #require(data["authenticatorY"]?.bytes)
            #expect(read.keyAgreement?.material == .ec2(curve: 1, x: x, y: y))
        }
    }

    private static func checkEncryption(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let key = try #require(data["key"]?.bytes ?? data["sharedSecret"]?.bytes)
        let plaintext = try #require(data["plaintext"]?.bytes)
        let pinUvAuthProtocol: PINUVAuthProtocol = key.count == 64 ? .two : .one
        let shared = PINUVSharedSecret(pinUvAuthProtocol, secret: Secret(copying: key), platformKey: anyKey)
        let iv = data["iv"]?.bytes ?? PINUVAuthProtocol.zeroIV
        let ciphertext = try shared.encrypt(Secret(copying: plaintext), iv: iv)
        #expect(ciphertext == expect["ciphertext"]?.bytes)
        #expect(exposed(try shared.decrypt(ciphertext)) == plaintext)
        if let mac = expect["mac"] { #expect(shared.authenticate(ciphertext) == mac.bytes) }
    }

    private static let anyKey = COSEKey(algorithm: .ecdhESHKDF256, material: .ec2(curve: 1, x: [], y: []))

    private static func checkPreparation(_ codePoints: String, _ expect: KnownAnswer) throws {
        let scalars = codePoints.split(separator: " ").compactMap {
            UInt32($0.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        }
        let typed = Array(String(String.UnicodeScalarView(scalars)).utf8)
        if let reason = expect["reject"] {
            #expect(reason.text != nil)
            #expect(throws: PINError.self) {
                try PIN(Secret(copying: typed)).check(minimumCodePoints: 4, maximumBytes: PIN.maximumByteCount)
            }
            return
        }
        let pin = try PIN(Secret(copying: typed))
        try pin.check(minimumCodePoints: 4, maximumBytes: PIN.maximumByteCount)
        #expect(exposed(pin.padded) == expect["padded"]?.bytes)
        #expect(exposed(pin.hash) == expect["pinHash16"]?.bytes)
    }

    /// Encrypted PINs and tokens, with a given shared secret.
    private static func checkSecrets(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let halves = (data["hmacKey"]?.bytes ?? [UInt8](repeating: 0, count: 32)) + (data["aesKey"]?.bytes ?? [])
        let key = data["sharedSecret"]?.bytes ?? halves
        let pinUvAuthProtocol: PINUVAuthProtocol = key.count == 64 ? .two : .one
        let shared = PINUVSharedSecret(pinUvAuthProtocol, secret: Secret(copying: key), platformKey: anyKey)
        if let tokenEnc = data["tokenEnc"]?.bytes {
            #expect(exposed(try shared.decrypt(tokenEnc)) == expect["token"]?.bytes)
        }
        if let sent = data["newPinEnc"]?.bytes {
            let padded = try shared.decrypt(sent)
            #expect(exposed(padded) == expect["paddedPin"]?.bytes)
            if let iv = expect["iv"] { #expect(iv.bytes == Array(sent.prefix(16))) }
            let text = try #require(expect["pin"]?.text)
            #expect(exposed(try PIN(Secret(copying: Array(text.utf8))).padded) == exposed(padded))
            #expect(try shared.encrypt(padded, iv: Array(sent.prefix(16))) == sent)
            if let param = expect["pinUvAuthParam"] { #expect(param.bytes == shared.authenticate(sent)) }
        }
        guard let text = data["pin"]?.text else { return }
        let pin = try PIN(Secret(copying: Array(text.utf8)))
        if let expected = expect["pinHashEnc"]?.bytes {
            #expect(try shared.encrypt(pin.hash, iv: iv(of: expected, pinUvAuthProtocol)) == expected)
        }
        if let expected = expect["newPinEnc"]?.bytes {
            #expect(try shared.encrypt(pin.padded, iv: iv(of: expected, pinUvAuthProtocol)) == expected)
            #expect(shared.authenticate(expected) == expect["pinUvAuthParam"]?.bytes)
        }
    }

    /// The IV of a ciphertext.
    static func iv(of ciphertext: [UInt8], _ pinUvAuthProtocol: PINUVAuthProtocol) -> [UInt8] {
        pinUvAuthProtocol == .two ? Array(ciphertext.prefix(16)) : PINUVAuthProtocol.zeroIV
    }
}
