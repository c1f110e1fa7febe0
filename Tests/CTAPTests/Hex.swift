extension [UInt8] {
    /// Parses hexadecimal digits, ignoring spaces; `nil` for anything else.
    init?(hex: String) {
        let digits = hex.filter { !$0.isWhitespace }
        guard digits.utf8.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var rest = digits[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self = bytes
    }

    /// The bytes in lower-case hexadecimal.
    var hex: String {
        map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }
}

/// Parses hexadecimal constants in tests; an invalid one yields an empty array.
func hex(_ digits: String) -> [UInt8] {
    [UInt8](hex: digits) ?? []
}
