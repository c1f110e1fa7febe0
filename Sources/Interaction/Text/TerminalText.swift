/// Makes text from keys, files and arguments safe to show on a terminal.
package enum TerminalText {
    /// The maximum number of characters of a name that are shown.
    package static let maximumLength = 200
    /// The maximum number of combining marks on one character: languages need two or three.
    private static let maximumMarks = 3

    /// `text` with control and invisible characters written as `\u{…}` and backslashes doubled, truncated after
    /// `maximumLength` characters.
    ///
    /// Escaped are control, formatting (bidi among them), line-breaking, invisible (Default_Ignorable_Code_Point) and
    /// unassigned characters, spaces that look like another space, spaces at either end, and combining marks that are
    /// stacked or come first.
    package static func escape(_ text: String) -> String {
        let escaped = text.unicodeScalars.prefix(maximumLength + 1)
        return joined(escaped, endingAt: text.unicodeScalars.count, limit: maximumLength)
    }

    /// A relying party ID, escaped. If it is too long its beginning is truncated, never its end, which identifies its
    /// owner.
    package static func site(_ rpId: String) -> String {
        let scalars = rpId.unicodeScalars
        // The longest domain has 253 characters.
        let kept = scalars.suffix(253)
        return (kept.count < scalars.count ? "…" : "") + joined(kept[...], endingAt: kept.count, limit: kept.count)
    }

    /// `text`, which is escaped, in ASCII.
    package static func ascii(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { ascii, scalar in
            switch scalar {
            case "…": ascii += "..."
            case _ where scalar.isASCII: ascii.unicodeScalars.append(scalar)
            default: ascii += code(scalar)
            }
        }
    }

    private static func joined(
        _ scalars: String.UnicodeScalarView.SubSequence,
        endingAt end: Int,
        limit: Int
    ) -> String {
        var escaped = ""
        // A mark that comes first would combine with the character printed before it.
        var marks = maximumMarks
        for (index, scalar) in scalars.enumerated() {
            guard index < limit else { return escaped + "…" }
            let isMark = isCombining(scalar)
            marks = isMark ? marks + 1 : 0
            if scalar == "\\" {
                escaped += "\\\\"
            } else if scalar == " " ? (index == 0 || index == end - 1) : !isHarmless(scalar) || marks > maximumMarks {
                escaped += code(scalar)
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16) + "}"
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Whether a terminal shows the character and does nothing else.
    package static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        // Most text is ASCII, and needs no table of properties.
        guard !scalar.isASCII else { return scalar >= " " && scalar != "\u{7F}" }
        guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        case .spaceSeparator: scalar == " " || scalar == "\u{3000}"
        // BRAILLE PATTERN BLANK, a symbol that looks like a space.
        default: scalar != "\u{2800}"
        }
    }
}
