import Interaction

/// The help in Japanese, made from the parser's English help line by line.
enum JapaneseHelp {
    /// So many columns that the parser wraps nothing: a sentence is one line.
    static let unwrappedColumns = 100_000

    /// The column in which descriptions of options begin.
    private static let descriptionColumn = 26

    private static let translations = Dictionary(
        (commands + discussions + options).map { ($0.english, $0.japanese) },
        uniquingKeysWith: { first, _ in first }
    )

    private static let headings = [
        "OVERVIEW:": "概要:", "USAGE:": "使い方:", "ARGUMENTS:": "引数:", "OPTIONS:": "オプション:",
        "SUBCOMMANDS:": "サブコマンド:", "TRUST IN THE MODEL OF KEY:": "キーの機種の信頼:",
    ]

    /// The parser's help in Japanese; any other text of the parser's as it is.
    static func text(_ english: String, columns: Int) -> String {
        guard english.hasPrefix("OVERVIEW:") || english.hasPrefix("USAGE:") else { return english }
        return english.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(String($0), columns: columns) }
            .joined(separator: "\n")
    }

    private static func line(_ line: String, columns: Int) -> String {
        if let heading = headings.first(where: { line.hasPrefix($0.key) }) {
            let rest = line.dropFirst(heading.key.count).drop { $0 == " " }
            let start = heading.value + (rest.isEmpty ? "" : " ")
            return LineWrapping.wrap(japanese(rest) ?? String(rest), after: start, indent: 0, columns: columns)
        }
        if let found = line.wholeMatch(of: #/  See ('.*') for detailed help\./#) {
            return "  詳しくは \(found.1) を参照してください。"
        }
        for (start, rest) in splits(of: line) {
            guard let sentence = japanese(rest) else { continue }
            return LineWrapping.wrap(sentence, after: start, indent: TerminalWidth.columns(start), columns: columns)
        }
        return line
    }

    /// Where a description may begin: after an option's name, after the columns of a table, or with the line.
    private static func splits(of line: String) -> [(start: String, rest: Substring)] {
        let indent = line.prefix { $0 == " " }
        var places = [line.index(line.startIndex, offsetBy: descriptionColumn, limitedBy: line.endIndex)]
        places.append(line.dropFirst(indent.count).ranges(of: "  ").last?.upperBound)
        places.append(indent.endIndex)
        return places.compactMap(\.self).map { place in
            let rest = line[place...].drop { $0 == " " }
            return (String(line[..<rest.startIndex]), rest)
        }
    }

    /// A sentence's translation, with the values that the parser appends; `nil` if it is not in the tables.
    private static func japanese(_ english: Substring) -> String? {
        if let translation = translations[String(english)] { return translation }
        guard let end = english.ranges(of: " (").last, english.hasSuffix(")"),
            let translation = translations[String(english[..<end.lowerBound])]
        else { return nil }
        let values = english[end.upperBound...].replacing("values: ", with: "値: ").replacing("default: ", with: "既定値: ")
        return translation + " (" + values
    }
}
