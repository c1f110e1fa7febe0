import Testing

/// Commands and their output at a terminal, compared with a file in `Transcripts`. Standard error precedes standard
/// output.
///
/// To record the file again: FIDOCTL_TEST_RECORD=1 scripts/test --filter NAME
struct Transcript {
    private let file: String
    private var text: String
    /// Texts that vary between runs, with their placeholders.
    private var names: [(found: String, shown: String)] = []

    init(_ name: String, about: String) {
        file = Product.project + "/Tests/CTAPTests/Transcripts/\(name).txt"
        text = about + "\n"
    }

    /// Replaces `found` with `shown` in the commands that follow.
    mutating func show(_ found: String, as shown: String) {
        names.append((found, shown))
    }

    /// Adds a program's command line and output, after it has ended.
    mutating func add(_ arguments: [String], _ program: Program) async throws {
        let end = try await program.end()
        let lines = program.errors.lines.map(Self.shown).filter { !$0.isEmpty } + program.output.lines
        var part = "\n$ fidoctl " + arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ") + "\n"
        part += lines.map { $0 + "\n" }.joined()
        if case .exit(let status) = end, status != 0 { part += "[exit \(status)]\n" }
        text += names.reduce(part) { $0.replacing($1.found, with: $1.shown) }
    }

    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        if environmentVariable("FIDOCTL_TEST_RECORD") != nil { try TextFile.write(text, to: file) }
        #expect(TextFile.whole(file) == text, sourceLocation: sourceLocation)
    }

    /// The visible rest of a line after its escape sequences.
    private static func shown(_ line: String) -> String {
        let rest = line.replacing("\r\u{1B}[K", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .last
        let plain = String(rest ?? "").replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        return plain.filter { $0 != "\r" && $0 != "\r\n" }
    }
}
