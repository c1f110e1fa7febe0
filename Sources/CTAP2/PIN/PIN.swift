/// A PIN in the form that keys accept: Unicode NFC in UTF-8 (CTAP 2.1 §6.5.1).
public struct PIN: ~Copyable, Sendable {
    private let utf8: Secret
    /// The length in Unicode code points, the unit of a key's minimum.
    package let codePointCount: Int

    /// The longest PIN that the protocol can carry, in bytes of UTF-8.
    package static let maximumByteCount = 63

    /// Normalizes a PIN that was typed in UTF-8.
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

    /// Throws unless the PIN is within these limits for a new PIN. A key may have a further policy of its own.
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

    /// Zero-padded to 64 bytes, as a new PIN is sent.
    var padded: Secret {
        unsafe utf8.withUnsafeBytes { bytes in
            unsafe Secret(count: 64) { room in unsafe room.copyMemory(from: bytes) }
        }
    }

    /// The first 16 bytes of its SHA-256, as the current PIN is sent.
    var hash: Secret { utf8.sha256(prefix: 16) }
}

/// Why typed bytes are not a valid PIN.
public enum PINError: Error, Hashable, Sendable {
    case empty
    /// The bytes are not UTF-8.
    case notText
    /// It contains U+0000, which keys treat as the end of the PIN.
    case containsNUL
    case tooShort(codePoints: Int, minimum: Int)
    case tooLong(byteCount: Int, maximum: Int)
}
