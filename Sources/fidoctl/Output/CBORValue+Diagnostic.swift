import CTAP2
import Interaction
import Platform

extension CBORValue {
    /// Diagnostic notation (RFC 8949 §8), with text escaped for a terminal.
    var diagnostic: String {
        switch self {
        case .unsigned(let value): String(value)
        case .negative(let value): "-" + (value == .max ? "18446744073709551616" : String(value + 1))
        case .bytes(let bytes): "h'" + bytes.hexadecimal + "'"
        case .text(let text): "\"" + TerminalText.escape(text).replacing("\"", with: "\\\"") + "\""
        case .array(let elements): "[" + elements.map(\.diagnostic).joined(separator: ", ") + "]"
        case .map(let map): "{" + map.entries.map(Self.pair).joined(separator: ", ") + "}"
        case .bool(let value): String(value)
        case .null: "null"
        case .simple(25, let bits): Self.float(Double(Float16(bitPattern: UInt16(truncatingIfNeeded: bits))))
        case .simple(26, let bits): Self.float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case .simple(27, let bits): Self.float(Double(bitPattern: bits))
        case .simple(23, _): "undefined"
        case .simple(let kind, let value): "simple(\(kind < 24 ? UInt64(kind) : value))"
        }
    }

    private static func pair(_ entry: CBORMap.Entry) -> String {
        entry.key.diagnostic + ": " + entry.value.diagnostic
    }

    /// The shortest decimal number that reads back as `value`, as in RFC 8949's appendix A: 1.5, 1.0e+300, -Infinity.
    private static func float(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
        let parts = "\(value)".split(separator: "e")
        let mantissa = parts[0].contains(".") ? String(parts[0]) : parts[0] + ".0"
        guard parts.count == 2, let exponent = Int(parts[1]) else { return mantissa }
        return mantissa + (exponent < 0 ? "e-" : "e+") + String(exponent.magnitude)
    }
}
