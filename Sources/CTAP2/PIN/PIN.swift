/// A PIN as keys take it: Unicode NFC, in UTF-8 (CTAP 2.1 §6.5.1).
public struct PIN: ~Copyable, Sendable {
    private let utf8: Secret
    /// The length that keys' minimum is counted in.
    package let codePointCount: Int

    /// The longest PIN that the protocol can carry, in bytes of UTF-8.
    package static let maximumByteCount = 63

    /// Takes a PIN as it was typed, in UTF-8, however the keyboard composed its characters.
    public init(_ typed: consuming Secret) throws(PINError) {
        let normalized = try typed.normalizedToNFC()
        guard normalized.count <= Self.maximumByteCount else {
            throw .tooLong(byteCount: normalized.count, maximum: Self.maximumByteCount)
        }
        guard normalized.count > 0 else { throw .empty }
        let (codePoints, hasNUL) = normalized.withExposedBytes { bytes in
            var codePoints = 0
            var hasNUL = false
            for index in bytes.indices {
                // Every byte that does not continue a character begins one.
                if bytes[index] & 0xC0 != 0x80 { codePoints += 1 }
                if bytes[index] == 0 { hasNUL = true }
            }
            return (codePoints, hasNUL)
        }
        guard !hasNUL else { throw .containsNUL }
        utf8 = normalized
        codePointCount = codePoints
    }

    /// Whether a key with these limits takes it as a new PIN; its own further policy only the key knows.
    package func check(minimumCodePoints: Int, maximumBytes: Int) throws(PINError) {
        guard codePointCount >= minimumCodePoints else {
            throw .tooShort(codePoints: codePointCount, minimum: minimumCodePoints)
        }
        guard utf8.count <= maximumBytes else { throw .tooLong(byteCount: utf8.count, maximum: maximumBytes) }
    }

    /// Whether both are the same PIN.
    public func isSame(as other: borrowing PIN) -> Bool {
        utf8.isSame(as: other.utf8)
    }

    /// With zeros up to 64 bytes, as a new PIN is sent.
    var padded: Secret {
        unsafe utf8.withUnsafeBytes { bytes in
            unsafe Secret(count: 64) { room in unsafe room.copyMemory(from: bytes) }
        }
    }

    /// The first 16 bytes of its SHA-256, by which the key knows it.
    var hash: Secret { utf8.sha256(prefix: 16) }
}

/// Why something typed is not a PIN for a key.
public enum PINError: Error, Hashable, Sendable {
    case empty
    /// The bytes are not UTF-8.
    case notText
    /// It contains the character U+0000, which keys take for the end.
    case containsNUL
    case tooShort(codePoints: Int, minimum: Int)
    case tooLong(byteCount: Int, maximum: Int)
}
