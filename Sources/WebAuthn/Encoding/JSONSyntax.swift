/// Checks that bytes are valid JSON (RFC 8259), ahead of Foundation's decoder, which is lenient.
///
/// A verifier and a server must read a document in the same way, so nothing is repaired: UTF-8 without a byte order mark,
/// unique member names, no lone surrogates, no trailing commas, no leading zeros.
struct JSONSyntax {
    /// How deep arrays and objects may be nested, the outermost counted.
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var offset = 0
    private var path: [String] = []

    /// Throws unless `bytes` are one document.
    static func check(_ bytes: [UInt8]) throws(JSONError) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notJSON }
        var reader = JSONSyntax(bytes: bytes)
        try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.next == nil else { throw .notJSON }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func value(depth: Int) throws(JSONError) {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONError) {
        guard depth <= Self.maximumDepth else { throw .notJSON }
        var names: Set<String> = []
        offset += 1
        skipBlanks()
        guard !take("}") else { return }
        repeat {
            skipBlanks()
            let name = try string()
            path.append(name)
            guard names.insert(name).inserted else { throw .duplicate(path: path.joined(separator: ".")) }
            skipBlanks()
            guard take(":") else { throw .notJSON }
            try value(depth: depth)
            path.removeLast()
            skipBlanks()
        } while take(",")
        guard take("}") else { throw .notJSON }
    }

    private mutating func array(depth: Int) throws(JSONError) {
        guard depth <= Self.maximumDepth else { throw .notJSON }
        offset += 1
        skipBlanks()
        guard !take("]") else { return }
        repeat {
            try value(depth: depth)
            skipBlanks()
        } while take(",")
        guard take("]") else { throw .notJSON }
    }

    /// A string, its escapes resolved.
    private mutating func string() throws(JSONError) -> String {
        guard take("\"") else { throw .notJSON }
        var utf8: [UInt8] = []
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: utf8, as: UTF8.self)
            case UInt8(ascii: "\\"): utf8 += Array(String(try escape()).utf8)
            case 0..<0x20: throw .notJSON
            default: utf8.append(byte)
            }
        }
        throw .notJSON
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let byte = next
        offset += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default: throw .notJSON
        }
    }

    /// What follows `\u`: one scalar, in two halves above U+FFFF.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), take("u") else { throw .notJSON }
        let second = try hexadecimal()
        guard
            0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw .notJSON }
        return scalar
    }

    /// Four hexadecimal digits.
    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .notJSON }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) {
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            try digits()
        }
    }

    /// One digit or more.
    private mutating func digits() throws(JSONError) {
        let start = offset
        while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { offset += 1 }
        guard offset > start else { throw .notJSON }
    }

    private mutating func literal(_ text: String) throws(JSONError) {
        for byte in text.utf8 {
            guard next == byte else { throw .notJSON }
            offset += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(truncatingIfNeeded: character.value) else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
    }
}
