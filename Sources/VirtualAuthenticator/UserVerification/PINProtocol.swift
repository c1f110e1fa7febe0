import CTAP2
import Crypto
import CryptoExtras
import FoundationEssentials
import Platform

/// The key's side of PIN/UV auth protocols one and two (CTAP 2.1 §6.5.6, §6.5.7).
public enum PINProtocol: UInt64, Hashable, Sendable, CaseIterable {
    case one = 1
    case two = 2

    static let blockSize = 16

    /// The keys that both sides derive from the x-coordinate of the shared point.
    func sharedSecret(of agreement: SharedSecret) -> PINSharedSecret {
        switch self {
        case .one:
            let hash = unsafe agreement.withUnsafeBytes { unsafe SHA256.hash(data: $0) }
            let key = SymmetricKey(data: hash)
            return PINSharedSecret(pinProtocol: self, macKey: key, encryptionKey: key)
        case .two:
            return PINSharedSecret(
                pinProtocol: self,
                macKey: Self.expand(agreement, "CTAP2 HMAC key"),
                encryptionKey: Self.expand(agreement, "CTAP2 AES key")
            )
        }
    }

    private static func expand(_ agreement: SharedSecret, _ purpose: String) -> SymmetricKey {
        agreement.hkdfDerivedSymmetricKey(
            using: SHA256.self,
            salt: [UInt8](repeating: 0, count: 32),
            sharedInfo: Array(purpose.utf8),
            outputByteCount: 32
        )
    }

    /// `authenticate`: the HMAC, or its first half.
    func code(of message: [UInt8], key: SymmetricKey) -> [UInt8] {
        let code = Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        return self == .one ? Array(code.prefix(16)) : code
    }

    /// `verify`: whether `code` is the full authentication code of the message.
    func verifies(_ code: [UInt8], of message: [UInt8], key: SymmetricKey) -> Bool {
        Self.areEqual(self.code(of: message, key: key), code)
    }

    /// Compares in constant time if the lengths are equal.
    static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// The secrets that a platform and the key share for one exchange.
struct PINSharedSecret {
    let pinProtocol: PINProtocol
    fileprivate let macKey: SymmetricKey
    fileprivate let encryptionKey: SymmetricKey

    func verifies(_ code: [UInt8], of message: [UInt8]) -> Bool {
        pinProtocol.verifies(code, of: message, key: macKey)
    }

    /// Encrypts whole blocks; protocol two prepends an IV from `random`.
    func encrypt(_ plaintext: [UInt8], random: inout any RandomNumberGenerator) throws -> [UInt8] {
        let iv = pinProtocol == .one ? Self.zeroIV : random.bytes(PINProtocol.blockSize)
        let ciphertext = try AES._CBC.encrypt(
            plaintext,
            using: encryptionKey,
            iv: AES._CBC.IV(ivBytes: iv),
            noPadding: true
        )
        return (pinProtocol == .one ? [] : iv) + ciphertext
    }

    /// Decrypts; `nil` if `encrypt` cannot have produced the input.
    func decrypt(_ bytes: [UInt8]) -> Secret? {
        let ivCount = pinProtocol == .one ? 0 : PINProtocol.blockSize
        guard bytes.count >= ivCount, bytes.count.isMultiple(of: PINProtocol.blockSize) else { return nil }
        guard bytes.count > ivCount else { return Secret(copying: []) }
        let iv = pinProtocol == .one ? Self.zeroIV : Array(bytes.prefix(ivCount))
        guard
            let iv = try? AES._CBC.IV(ivBytes: iv),
            var plaintext = try? AES._CBC.decrypt(
                bytes.dropFirst(ivCount),
                using: encryptionKey,
                iv: iv,
                noPadding: true
            )
        else { return nil }
        defer { plaintext.resetBytes(in: 0..<plaintext.count) }
        return Secret(copying: plaintext)
    }

    private static let zeroIV = [UInt8](repeating: 0, count: PINProtocol.blockSize)
}
