import CTAP2
import Crypto

/// A key's requirements for a new PIN.
struct PINPolicy: Hashable {
    /// In code points.
    var minimumLength: Int
    /// In bytes of UTF-8.
    var maximumLength: Int
    /// Whether simple PINs are rejected (pinComplexityPolicy).
    var requiresComplexity: Bool
}

/// The PIN in a platform's newPinEnc, decrypted and checked (CTAP 2.1 §6.5.5.5, §6.5.5.6).
enum NewPIN {
    private static let paddedSize = 64

    /// The PIN in `padded`, in the form that is stored.
    static func state(padded: borrowing Secret, policy: PINPolicy) throws(Refusal) -> PINState {
        guard padded.count == paddedSize else { throw Refusal(.invalidParameter) }
        return try padded.withExposedBytes { (bytes: Span<UInt8>) throws(Refusal) -> PINState in
            var count = bytes.count
            while count > 0, bytes[count - 1] == 0 { count -= 1 }
            let pin = bytes.extracting(0..<count)
            // Bytes 10xxxxxx continue a code point.
            let length = (0..<count).count { pin[$0] & 0xC0 != 0x80 }
            let isComplex = isComplex(pin)
            guard
                length >= policy.minimumLength, count <= policy.maximumLength, isComplex || !policy.requiresComplexity
            else { throw Refusal(.pinPolicyViolation) }
            return PINState(hash: hash(of: pin), length: length, isComplex: isComplex)
        }
    }

    /// Whether a PIN is neither a repeated character nor an ascending or descending sequence, such as 4321.
    static func isComplex(_ pin: Span<UInt8>) -> Bool {
        guard pin.count > 1 else { return false }
        let step = Int(pin[1]) - Int(pin[0])
        guard -1...1 ~= step else { return true }
        return !(1..<pin.count).allSatisfy { Int(pin[$0]) - Int(pin[$0 - 1]) == step }
    }

    private static func hash(of pin: Span<UInt8>) -> [UInt8] {
        var hash = SHA256()
        unsafe pin.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return Array(hash.finalize().prefix(16))
    }
}
