import Testing

@testable import Interaction
@testable import fidoctl

@Suite struct TerminalWidthTests {
    @Test(arguments: [("abc", 3), ("", 0), ("キー", 4), ("e\u{301}", 1), ("한국", 4), ("Ａ", 2), ("—", 1)])
    func columnsAreThoseOfATerminal(text: String, columns: Int) {
        #expect(TerminalWidth.columns(text) == columns)
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("キーを", 5, "キー…"), ("キーを", 4, "キ…"), ("abc", 1, "…"), ("abc", 0, ""),
    ])
    func textIsCutToFit(text: String, limit: Int, cut: String) {
        #expect(TerminalWidth.truncate(text, to: limit) == cut)
        #expect(TerminalWidth.columns(cut) <= limit)
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "…cd"), ("をキー", 5, "…キー"), ("をキー", 4, "…ー"), ("abc", 1, "…"), ("abc", 0, ""),
    ])
    func `text is cut at its start to fit`(text: String, limit: Int, cut: String) {
        #expect(TerminalWidth.truncateStart(text, to: limit) == cut)
        #expect(TerminalWidth.columns(cut) <= limit)
    }
}
