/// The base64url of WebAuthn's JSON: no padding, one spelling for each value (RFC 4648 §5, §3.5).
package enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The text of `bytes`, without padding.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var pending: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(pending >> bitCount & 0x3F)])
            }
            pending &= (1 << bitCount) - 1
        }
        if bitCount > 0 {
            text.append(alphabet[Int(pending << (6 - bitCount) & 0x3F)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of `text`; refuses padding, other characters, and bits that no byte uses.
    package static func decode(_ text: String) throws(Base64URLError) -> [UInt8] {
        var bytes: [UInt8] = []
        var pending: UInt32 = 0
        var bitCount: UInt32 = 0
        for (offset, character) in text.utf8.enumerated() {
            guard let value = value(of: character) else {
                throw character == UInt8(ascii: "=") ? .padding : .badCharacter(offset: offset)
            }
            pending = pending << 6 | value
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> bitCount))
            }
            pending &= (1 << bitCount) - 1
        }
        guard bitCount < 6 else { throw .badLength }
        guard pending == 0 else { throw .unusedBits }
        return bytes
    }

    /// The same, and with the padding that some servers write: as many `=` as complete a group of four characters.
    package static func decodePadded(_ text: String) throws(Base64URLError) -> [UInt8] {
        let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2, text.utf8.count.isMultiple(of: 4) else { return try decode(text) }
        return try decode(String(text.dropLast(padding)))
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

/// Why a text is not base64url as WebAuthn writes it.
package enum Base64URLError: Error, Hashable, Sendable {
    /// It has `=` in it.
    case padding
    /// The byte at `offset` of its UTF-8 is not of the alphabet; `+` and `/` belong to plain base64.
    case badCharacter(offset: Int)
    /// A single character is left over, which does not make a byte.
    case badLength
    /// The last character has bits set that belong to no byte.
    case unusedBits
}

extension Base64URLError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .padding: "base64url here has no '=' padding"
        case .badCharacter(let offset): "character \(offset + 1) is not of base64url's alphabet (A-Z a-z 0-9 - _)"
        case .badLength: "one character is missing or too many"
        case .unusedBits: "the last character has bits that belong to no byte"
        }
    }
}
