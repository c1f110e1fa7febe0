import CTAP2

extension CBORValue {
    /// Diagnostic notation (RFC 8949 §8), with text escaped for a terminal.
    var diagnostic: String {
        switch self {
        case .unsigned(let value): String(value)
        case .negative(let value): "-" + (value == .max ? "18446744073709551616" : String(value + 1))
        case .bytes(let bytes): "h'" + bytes.hex + "'"
        case .text(let text): "\"" + TerminalText.escape(text) + "\""
        case .array(let elements): "[" + elements.map(\.diagnostic).joined(separator: ", ") + "]"
        case .map(let map): "{" + map.entries.map(Self.pair).joined(separator: ", ") + "}"
        case .bool(let value): String(value)
        case .null: "null"
        case .simple(let kind, let bits): "simple(\(kind), 0x\(String(bits, radix: 16)))"
        }
    }

    private static func pair(_ entry: CBORMap.Entry) -> String {
        entry.key.diagnostic + ": " + entry.value.diagnostic
    }
}

extension [UInt8] {
    /// Two lower-case digits for each byte.
    var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
