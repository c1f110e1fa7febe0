import CTAP2
import Crypto

/// The PIN in a platform's newPinEnc, decrypted and checked (CTAP 2.1 §6.5.5.5, §6.5.5.6).
enum NewPIN {
    private static let paddedSize = 64

    /// The first 16 bytes of the SHA-256 of the PIN that stands in `padded`.
    static func hash(
        padded: borrowing Secret,
        settings: UserVerificationSettings
    ) throws(Refusal) -> [UInt8] {
        guard padded.count == paddedSize else { throw Refusal(.invalidParameter) }
        return try padded.withExposedBytes { (bytes: Span<UInt8>) throws(Refusal) -> [UInt8] in
            var count = bytes.count
            while count > 0, bytes[count - 1] == 0 { count -= 1 }
            // Bytes 10xxxxxx go on with a code point.
            let codePointCount = (0..<count).count { bytes[$0] & 0xC0 != 0x80 }
            guard codePointCount >= settings.minimumPINLength, count <= settings.maximumPINLength else {
                throw Refusal(.pinPolicyViolation)
            }
            return hash(of: bytes.extracting(0..<count))
        }
    }

    private static func hash(of pin: Span<UInt8>) -> [UInt8] {
        var hash = SHA256()
        unsafe pin.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return Array(hash.finalize().prefix(16))
    }
}
