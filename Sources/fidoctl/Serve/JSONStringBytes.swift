/// The bytes of a JSON string, read one by one from where it stands.
enum JSONStringBytes {
    /// Gives each byte of the string between the quotation marks of `range` to `take`, its escapes resolved; false if it is
    /// malformed.
    static func decode(_ bytes: Span<UInt8>, in range: Range<Int>, _ take: (UInt8) -> Void) -> Bool {
        guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\"") else { return false }
        var offset = range.lowerBound + 1
        let end = range.upperBound - 1
        while offset < end {
            guard bytes[offset] == UInt8(ascii: "\\") else {
                take(bytes[offset])
                offset += 1
                continue
            }
            offset += 1
            guard offset < end, let scalar = escaped(bytes, &offset, end) else { return false }
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { take(byte) }
        }
        return true
    }

    /// What follows a backslash.
    private static func escaped(_ bytes: Span<UInt8>, _ offset: inout Int, _ end: Int) -> Unicode.Scalar? {
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return scalar(bytes, &offset, end)
        default: return nil
        }
    }

    /// The scalar of one `\uXXXX`, or of two above U+FFFF.
    private static func scalar(_ bytes: Span<UInt8>, _ offset: inout Int, _ end: Int) -> Unicode.Scalar? {
        guard let first = unit(bytes, &offset, end) else { return nil }
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, offset + 1 < end, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        offset += 2
        guard let second = unit(bytes, &offset, end), 0xDC00...0xDFFF ~= second else { return nil }
        return Unicode.Scalar(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    private static func unit(_ bytes: Span<UInt8>, _ offset: inout Int, _ end: Int) -> UInt32? {
        guard offset + 4 <= end else { return nil }
        var value: UInt32 = 0
        for index in offset..<offset + 4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        offset += 4
        return value
    }
}
