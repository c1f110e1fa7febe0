import CTAP2
import Crypto
import CryptoExtras
import FoundationEssentials
import Testing

/// The key's side of the PIN/UV auth protocols, implemented independently from the specification.
struct DeviceHalf: Sendable {
    let number: Int
    private let privateKey = P256.KeyAgreement.PrivateKey()
    let token = [UInt8](repeating: 0x42, count: 32)

    init(protocolNumber: Int) {
        number = protocolNumber
    }

    var keyAgreement: CBORValue {
        let point = Array(privateKey.publicKey.rawRepresentation)
        return [1: 2, 3: -25, -1: 1, -2: .bytes(Array(point[..<32])), -3: .bytes(Array(point[32...]))]
    }

    private func keys(with platformKey: CBORValue?) throws -> (mac: SymmetricKey, aes: SymmetricKey) {
        let map = try #require(platformKey?.map)
        let x = try #require(map[-2]?.bytes)
        let y = try #require(map[-3]?.bytes)
        let shared = try privateKey.sharedSecretFromKeyAgreement(with: .init(rawRepresentation: x + y))
        guard number == 2 else {
            let key = SymmetricKey(data: unsafe shared.withUnsafeBytes { unsafe SHA256.hash(data: $0) })
            return (key, key)
        }
        func half(_ info: String) -> SymmetricKey {
            shared.hkdfDerivedSymmetricKey(
                using: SHA256.self,
                salt: Data(count: 32),
                sharedInfo: Data(info.utf8),
                outputByteCount: 32
            )
        }
        return (half("CTAP2 HMAC key"), half("CTAP2 AES key"))
    }

    func decrypt(_ bytes: [UInt8]?, with platformKey: CBORValue?) throws -> [UInt8] {
        let bytes = try #require(bytes)
        let iv = number == 2 ? Array(bytes.prefix(16)) : [UInt8](repeating: 0, count: 16)
        return Array(
            try AES._CBC.decrypt(
                bytes.dropFirst(number == 2 ? 16 : 0),
                using: keys(with: platformKey).aes,
                iv: .init(ivBytes: iv),
                noPadding: true
            )
        )
    }

    func encryptedToken(for platformKey: CBORValue?) throws -> [UInt8] {
        let iv = [UInt8](repeating: number == 2 ? 7 : 0, count: 16)
        let ciphertext = try AES._CBC.encrypt(
            token,
            using: keys(with: platformKey).aes,
            iv: .init(ivBytes: iv),
            noPadding: true
        )
        return (number == 2 ? iv : []) + Array(ciphertext)
    }

    func authenticate(_ message: [UInt8], _ platformKey: CBORValue?) throws -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(for: message, using: try keys(with: platformKey).mac)
        return Array(code.prefix(number == 2 ? 32 : 16))
    }
}
