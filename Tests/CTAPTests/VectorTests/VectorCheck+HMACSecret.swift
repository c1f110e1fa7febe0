@testable import CTAP2
import Crypto
import Testing
@testable import WebAuthn

extension VectorCheck {
    /// Inputs and outputs of hmac-secret, and of prf above it.
    static let hmacSecret = [
        VectorCheck(name: "prf by hmac-secret", claims: { $0.shape.contains("prf_eval_first") }) { data, expect in
            try checkPRF(data, expect)
        },
        VectorCheck(
            name: "hmac-secret between known keys",
            claims: { $0.shape.isSuperset(of: ["credRandom", "salt1"]) }
        ) { data, expect in
            try checkHMACSecret(data, expect)
        },
        VectorCheck(
            name: "extension map",
            claims: { $0.file == "prf_hmac_secret.json" && $0.shape == ["extensions"] }
        ) { data, expect in
            let bytes = try #require(data["extensions"]?.bytes)
            let isCanonical = expect["canonical"]?.flag ?? true
            let map = try #require(try checkItem(bytes, expect["diag"], isCanonical: isCanonical).map)
            guard let input = map["hmac-secret"]?.map else { return }
            // The members are those that we send under protocol one.
            let shared = PINUVSharedSecret(
                .one,
                secret: Secret(copying: [UInt8](repeating: 7, count: 32)),
                platformKey: try COSEKey(cbor: try #require(input[1]?.map))
            )
            let salts = try #require(HMACSecretSalts([UInt8](repeating: 1, count: 32)))
            let ours = try HMACSecretExchange(salts, shared).input
            #expect(ours.entries.map(\.key) == input.entries.map(\.key))
            #expect(ours[1] == input[1])
        },
    ]

    private static func checkPRF(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        var values: [String: WebAuthn.JSONValue] = [:]
        for place in ["first", "second"] {
            values[place] = data["prf_eval_" + place]?.bytes.map { .string(Base64URL.encode($0)) }
        }
        let inputs = ClientExtensionInputs(["prf": .object(["eval": .object(values)])])
        let input = try #require(inputs["prf"])
        let salts = try #require(try PRFInputs(registration: input).salts(for: nil))
        #expect(salts.bytes == joined(expect, "salt"))

        let secret = try #require(expect["shared_secret"]?.bytes)
        let pinUvAuthProtocol: PINUVAuthProtocol = secret.count == 64 ? .two : .one
        let agreed = try sharedSecret(pinUvAuthProtocol, data)
        let known = PINUVSharedSecret(
            pinUvAuthProtocol,
            secret: Secret(copying: secret),
            platformKey: agreed.platformKey
        )
        #expect(agreed.authenticate([1]) == known.authenticate([1]))
        try checkExchange(
            salts,
            agreed,
            saltEnc: try #require(data["saltEnc"]?.bytes),
            saltAuth: expect["saltAuth"],
            output: (try #require(data["outputEnc"]?.bytes), joined(expect, "output")),
            credRandom: data["credRandom"]
        )
    }

    private static func checkHMACSecret(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let input = try #require(expect["extensionsInput"]?.cborMap?["hmac-secret"]?.map)
        let output = try #require(expect["extensionsOutput"]?.cborMap?["hmac-secret"]?.bytes)
        let pinUvAuthProtocol: PINUVAuthProtocol = input[4] == 2 ? .two : .one
        let first = try #require(data["salt1"]?.bytes)
        let salts = try #require(HMACSecretSalts(first, data["salt2"]?.bytes))
        let saltEnc = try #require(expect["saltEnc"]?.bytes)
        #expect(try HMACSecretExchange(salts, encrypted: saltEnc, platformSecret(pinUvAuthProtocol)).input == input)
        let lengths = try #require(expect["lengths"]).array.map(\.number)
        #expect(lengths == [saltEnc.count, expect["saltAuth"]?.bytes?.count, output.count])
        try checkExchange(
            salts,
            platformSecret(pinUvAuthProtocol),
            saltEnc: saltEnc,
            saltAuth: expect["saltAuth"],
            output: (output, try #require(expect["output"]?.bytes)),
            credRandom: data["credRandom"]
        )
    }

    /// Encrypts the salts as in the entry, and decrypts its output, which has one HMAC for each salt.
    private static func checkExchange(
        _ salts: HMACSecretSalts,
        _ shared: consuming PINUVSharedSecret,
        saltEnc: [UInt8],
        saltAuth: KnownAnswer?,
        output: (encrypted: [UInt8], plain: [UInt8]),
        credRandom: KnownAnswer?
    ) throws {
        let iv = shared.pinUvAuthProtocol == .two ? Array(saltEnc.prefix(16)) : PINUVAuthProtocol.zeroIV
        #expect(try shared.encrypt(Secret(copying: salts.bytes), iv: iv) == saltEnc)
        let exchange = HMACSecretExchange(salts, encrypted: saltEnc, shared)
        #expect(exchange.input[3]?.bytes == saltAuth?.bytes)
        let secret = try exchange.secret(in: output.encrypted)
        #expect(secret.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } } == output.plain)
        let key = SymmetricKey(data: try #require(credRandom?.bytes))
        let codes = stride(from: 0, to: salts.bytes.count, by: 32).flatMap { start in
            HMAC<SHA256>.authenticationCode(for: salts.bytes[start..<start + 32], using: key)
        }
        #expect(codes == output.plain)
    }

    private static func sharedSecret(
        _ pinUvAuthProtocol: PINUVAuthProtocol,
        _ data: KnownAnswer
    ) throws -> PINUVSharedSecret {
        let x = try #require(data["authenticatorX"]?.bytes)
        let y = try #require(data["authenticatorY"]?.bytes)
        return try PINUVSharedSecret(
            pinUvAuthProtocol,
            with: COSEKey(algorithm: .ecdhESHKDF256, material: .ec2(curve: 1, x: x, y: y)),
            privateKey: P256.KeyAgreement.PrivateKey(rawRepresentation: #require(data["platformPrivate"]?.bytes))
        )
    }

    /// The bytes of a member for each salt, together.
    private static func joined(_ expect: KnownAnswer, _ name: String) -> [UInt8] {
        [1, 2].flatMap { expect["\(name)\($0)"]?.bytes ?? [] }
    }
}
