/// Makes text from keys, files and arguments harmless for a terminal.
enum TerminalText {
    /// The most characters of one name that are shown.
    static let maximumLength = 200

    /// `text` with control, formatting (bidi among them), line-breaking and unassigned characters written as
    /// `\u{…}`, backslashes doubled, and cut after `maximumLength` characters.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < maximumLength else { return escaped + "…" }
            if scalar == "\\" {
                escaped += "\\\\"
            } else if isHarmless(scalar) {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
        }
        return escaped
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
