/// Punycode, the spelling of internationalized domain labels in ASCII (RFC 3492).
enum Punycode {
    /// A label in Unicode; as it is if it has no Unicode form.
    static func unicode(_ label: Substring) -> String {
        guard label.hasPrefix("xn--"), let decoded = decode(label.dropFirst(4)) else { return String(label) }
        return decoded
    }

    /// No number in a valid label is greater: RFC 3492 §6.4 with labels of at most 63 characters.
    private static let maximum = 0x10_FFFF * 64

    /// RFC 3492 §6.2; `nil` for invalid text.
    private static func decode(_ text: Substring) -> String? {
        let delimiter = text.lastIndex(of: "-")
        var scalars = delimiter.map { Array(text[..<$0].unicodeScalars) } ?? []
        var digits = (delimiter.map { text[text.index(after: $0)...] } ?? text).utf8[...]
        var (codePoint, index, bias) = (128, 0, 72)
        while !digits.isEmpty {
            guard let delta = takeDelta(&digits, bias: bias) else { return nil }
            let count = scalars.count + 1
            index += delta
            bias = adapt(delta, count: count, isFirst: bias == 72 && codePoint == 128)
            codePoint += index / count
            index %= count
            guard codePoint <= 0x10_FFFF, let scalar = Unicode.Scalar(UInt32(codePoint)) else { return nil }
            scalars.insert(scalar, at: index)
            index += 1
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// A variable-length integer.
    private static func takeDelta(_ digits: inout Substring.UTF8View.SubSequence, bias: Int) -> Int? {
        var (delta, weight, position) = (0, 1, 36)
        while let digit = digits.popFirst().flatMap(value) {
            delta += digit * weight
            let threshold = min(max(position - bias, 1), 26)
            guard delta <= maximum else { return nil }
            if digit < threshold { return delta }
            weight *= 36 - threshold
            guard weight <= maximum else { return nil }
            position += 36
        }
        return nil
    }

    private static func value(_ character: UInt8) -> Int? {
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0")) + 26
        default: nil
        }
    }

    /// RFC 3492 §6.1.
    private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
