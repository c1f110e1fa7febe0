import Crypto
import Platform

/// The secret that platform and key share after a key agreement.
struct PINUVSharedSecret: ~Copyable {
    let pinUvAuthProtocol: PINUVAuthProtocol
    /// Our public key, sent along with what the secret protects.
    let platformKey: COSEKey
    private let secret: Secret

    /// Derives the secret from the key's public key (`encapsulate`, CTAP 2.1 §6.5.6).
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

    /// Encrypts whole blocks, in protocol two under a fresh random IV.
    func encrypt(_ plaintext: borrowing Secret) throws(PINUVAuthError) -> [UInt8] {
        guard pinUvAuthProtocol == .two else {
            return try encrypt(plaintext, iv: PINUVAuthProtocol.zeroIV)
        }
        return try encrypt(plaintext, iv: .random(count: PINUVAuthProtocol.zeroIV.count))
    }

    /// Encrypts under a given IV, which protocol two prepends.
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
