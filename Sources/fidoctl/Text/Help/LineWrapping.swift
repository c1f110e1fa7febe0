import Interaction

/// Breaks Japanese text into lines, between words of Latin letters and between most Japanese characters.
enum LineWrapping {
    /// Characters that do not begin a line, and those that do not end one (JIS X 4051, without the rarer ones).
    private static let closing: Set<Character> = [
        "。", "、", "）", "」", "』", "ー", "・", "々", ")", ":", ",", "ょ", "ゃ", "ゅ", "っ", "ョ", "ャ", "ュ", "ッ",
    ]
    private static let opening: Set<Character> = ["（", "「", "『", "("]

    /// `text` after `start`, which is on the first line; the others are indented.
    static func wrap(_ text: String, after start: String, indent: Int, columns: Int) -> String {
        var lines = [start]
        var isFresh = true
        for piece in pieces(of: text) {
            let width = TerminalWidth.columns(lines.last ?? "") + TerminalWidth.columns(piece)
            if width > columns, !isFresh {
                lines.append(String(repeating: " ", count: indent))
                lines[lines.count - 1] += piece.drop { $0 == " " }
            } else {
                lines[lines.count - 1] += piece
            }
            isFresh = false
        }
        return lines.joined(separator: "\n")
    }

    /// The parts between which a line may end.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            guard let last = pieces.last?.last, !mayBreak(between: last, character) else {
                pieces.append(String(character))
                continue
            }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    private static func mayBreak(between first: Character, _ second: Character) -> Bool {
        if closing.contains(second) || opening.contains(first) { return false }
        return second == " " || isWide(first) || isWide(second)
    }

    private static func isWide(_ character: Character) -> Bool {
        TerminalWidth.columns(String(character)) > 1
    }
}
