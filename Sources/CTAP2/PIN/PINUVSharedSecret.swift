import Crypto
import Platform

/// What one side of a PIN/UV auth protocol shares with the other after they have exchanged public keys.
struct PINUVSharedSecret: ~Copyable {
    let pinUvAuthProtocol: PINUVAuthProtocol
    /// Our public key, to be sent along with whatever the secret protects.
    let platformKey: COSEKey
    private let secret: Secret

    /// Agrees on a secret with the key whose public key this is (`encapsulate`, CTAP 2.1 §6.5.6).
    init(
        _ pinUvAuthProtocol: PINUVAuthProtocol,
        with keyAgreement: COSEKey,
        privateKey: P256.KeyAgreement.PrivateKey = P256.KeyAgreement.PrivateKey()
    ) throws(PINUVAuthError) {
        guard
            case .ec2(1, let x, let y) = keyAgreement.material, x.count == y.count,
            let peer = try? P256.KeyAgreement.PublicKey(rawRepresentation: x + y),
            let shared = try? privateKey.sharedSecretFromKeyAgreement(with: peer)
        else { throw .keyAgreement }
        var bytes = unsafe shared.withUnsafeBytes { unsafe Array($0) }
        let z = Secret(wiping: &bytes)
        let point = Array(privateKey.publicKey.rawRepresentation)
        self.init(
            pinUvAuthProtocol,
            secret: pinUvAuthProtocol.kdf(z),
            platformKey: COSEKey(
                algorithm: .ecdhESHKDF256,
                material: .ec2(curve: 1, x: Array(point.prefix(32)), y: Array(point.suffix(32)))
            )
        )
    }

    /// A secret that is already known.
    init(_ pinUvAuthProtocol: PINUVAuthProtocol, secret: consuming Secret, platformKey: COSEKey) {
        self.pinUvAuthProtocol = pinUvAuthProtocol
        self.secret = secret
        self.platformKey = platformKey
    }

    /// Encrypts whole blocks; every call draws an IV of its own where the protocol has one.
    func encrypt(_ plaintext: borrowing Secret) throws(PINUVAuthError) -> [UInt8] {
        guard pinUvAuthProtocol == .two else {
            return try encrypt(plaintext, iv: PINUVAuthProtocol.zeroIV)
        }
        return try encrypt(plaintext, iv: .random(count: PINUVAuthProtocol.zeroIV.count))
    }

    /// The same with a given IV, which protocol two puts in front.
    func encrypt(_ plaintext: borrowing Secret, iv: [UInt8]) throws(PINUVAuthError) -> [UInt8] {
        let ciphertext = try pinUvAuthProtocol.encrypt(plaintext, key: secret, iv: iv)
        return pinUvAuthProtocol == .two ? iv + ciphertext : ciphertext
    }

    func decrypt(_ ciphertext: [UInt8]) throws(PINUVAuthError) -> Secret {
        try pinUvAuthProtocol.decrypt(ciphertext, key: secret)
    }

    func authenticate(_ message: [UInt8]) -> [UInt8] {
        pinUvAuthProtocol.authenticate(message, key: secret)
    }
}
