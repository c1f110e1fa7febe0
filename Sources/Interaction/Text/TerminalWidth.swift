/// The width of text on a terminal, in columns.
package enum TerminalWidth {
    /// The columns of `text`, which holds no control characters.
    package static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns($1) }
    }

    /// The beginning of `text` that fits in `limit` columns, with an ellipsis if it was truncated.
    package static func truncate(_ text: String, to limit: Int) -> String {
        guard columns(text) > limit else { return text }
        guard limit > 0 else { return "" }
        var kept = String.UnicodeScalarView()
        var used = 1
        for scalar in text.unicodeScalars {
            used += columns(scalar)
            guard used <= limit else { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }

    /// The end of `text` that fits in `limit` columns, with an ellipsis before it if it was truncated.
    package static func truncateStart(_ text: String, to limit: Int) -> String {
        guard columns(text) > limit else { return text }
        guard limit > 0 else { return "" }
        var used = 1
        let kept = text.unicodeScalars.reversed().prefix { scalar in
            used += columns(scalar)
            return used <= limit
        }
        return "…" + String(String.UnicodeScalarView(kept.reversed()))
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        guard !scalar.isASCII else { return 1 }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: 0
        default: wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// The blocks of mostly wide characters (Unicode Standard Annex 11).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
}
