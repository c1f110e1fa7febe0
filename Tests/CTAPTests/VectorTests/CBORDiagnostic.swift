import CTAP2

/// Parses the CBOR diagnostic notation (RFC 8949 §8) of the known answers.
struct CBORDiagnostic {
    private var rest: Substring

    /// The value of `text`; `nil` unless it is diagnostic notation.
    static func parse(_ text: String) -> CBORValue? {
        var reader = CBORDiagnostic(rest: text[...])
        guard let value = reader.value() else { return nil }
        reader.skipBlanks()
        return reader.rest.isEmpty ? value : nil
    }

    private mutating func value() -> CBORValue? {
        skipBlanks()
        switch rest.first {
        case "{": return map()
        case "[": return array()
        case "\"": return string().map(CBORValue.text)
        case "h": return byteString()
        case let first? where first.isNumber || first == "-": return number()
        default: return word()
        }
    }

    private mutating func map() -> CBORValue? {
        var map = CBORMap()
        guard take("{") else { return nil }
        while !take("}") {
            if !map.isEmpty, !take(",") { return nil }
            guard let key = value(), take(":"), let value = value() else { return nil }
            map[key] = value
        }
        return .map(map)
    }

    private mutating func array() -> CBORValue? {
        var elements: [CBORValue] = []
        guard take("[") else { return nil }
        while !take("]") {
            if !elements.isEmpty, !take(",") { return nil }
            guard let element = value() else { return nil }
            elements.append(element)
        }
        return .array(elements)
    }

    private mutating func byteString() -> CBORValue? {
        guard take("h'"), let end = rest.firstIndex(of: "'") else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return [UInt8](hex: String(rest[..<end])).map(CBORValue.bytes)
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var scalars = String.UnicodeScalarView()
        while let scalar = rest.unicodeScalars.popFirst() {
            switch scalar {
            case "\"": return String(scalars)
            case "\\":
                guard let escaped = escapedScalar() else { return nil }
                scalars.append(escaped)
            default: scalars.append(scalar)
            }
        }
        return nil
    }

    private mutating func escapedScalar() -> Unicode.Scalar? {
        switch rest.unicodeScalars.popFirst() {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "u":
            let digits = rest.prefix(4)
            rest = rest.dropFirst(4)
            return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
        case let scalar: return scalar
        }
    }

    private mutating func number() -> CBORValue? {
        let isNegative = take("-")
        let digits = rest.prefix { $0.isNumber }
        rest = rest.dropFirst(digits.count)
        if isNegative, digits == "18446744073709551616" { return .negative(.max) }
        guard let magnitude = UInt64(digits) else { return nil }
        return isNegative ? .negative(magnitude &- 1) : .unsigned(magnitude)
    }

    private mutating func word() -> CBORValue? {
        let word = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(word.count)
        switch word {
        case "true": return true
        case "false": return false
        case "null": return .null
        case "undefined": return .simple(23, 0)
        case "simple":
            guard take("("), case .unsigned(let number)? = number(), take(")") else { return nil }
            return number < 24 ? .simple(UInt8(number), 0) : .simple(24, number)
        default: return nil
        }
    }

    private mutating func take(_ token: String) -> Bool {
        skipBlanks()
        guard rest.hasPrefix(token) else { return false }
        rest = rest.dropFirst(token.count)
        return true
    }

    private mutating func skipBlanks() {
        rest = rest.drop { $0.isWhitespace }
    }
}
