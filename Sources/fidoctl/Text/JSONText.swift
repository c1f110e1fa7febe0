import Interaction
import Platform

/// JSON that a terminal may show: the same document, harmless whatever its strings hold.
enum JSONText {
    /// `document` with control, formatting and invisible characters of its strings written as `\u009b`.
    ///
    /// JSON has such characters in strings only, and the encoder has escaped those below U+0020.
    static func escape(_ document: [UInt8]) -> [UInt8] {
        guard document.contains(where: { $0 >= 0x7F }) else { return document }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(document.count)
        for scalar in String(decoding: document, as: UTF8.self).unicodeScalars {
            if scalar.value < 0x7F || TerminalText.isHarmless(scalar) {
                escaped += Array(String(scalar).utf8)
            } else {
                for unit in String(scalar).utf16 { escaped += code(unit) }
            }
        }
        return escaped
    }

    private static func code(_ unit: UInt16) -> [UInt8] {
        Array(("\\u" + unit.hexadecimal).utf8)
    }
}
