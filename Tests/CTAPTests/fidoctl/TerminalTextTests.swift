import Testing
@testable import fidoctl

@Suite struct TerminalTextTests {
    @Test(arguments: ["", "YubiKey 5 NFC", "Schlüssel", "キー", "🔑", "a+b=c <&>\"'", "e\u{301}"])
    func leavesPrintableTextAlone(text: String) {
        #expect(TerminalText.escape(text) == text)
    }

    @Test(arguments: [
        ("\u{1B}[31mred", "\\u{1b}[31mred"),
        ("a\nb\rc\td", "a\\u{a}b\\u{d}c\\u{9}d"),
        ("\u{0}\u{7F}\u{9B}", "\\u{0}\\u{7f}\\u{9b}"),
        ("user\u{202E}txt.exe", "user\\u{202e}txt.exe"),
        ("\u{2066}\u{2069}\u{200F}\u{61C}", "\\u{2066}\\u{2069}\\u{200f}\\u{61c}"),
        ("a\u{200B}\u{FEFF}\u{AD}b", "a\\u{200b}\\u{feff}\\u{ad}b"),
        ("a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"),
        ("\u{E000}\u{FFFF}", "\\u{e000}\\u{ffff}"),
        ("C:\\key", "C:\\\\key"),
    ])
    func escapesWhatATerminalWouldObey(text: String, escaped: String) {
        #expect(TerminalText.escape(text) == escaped)
    }

    /// No name of any scalar may move the cursor, change the colour or turn the direction.
    @Test func noControlOrFormatScalarGetsThrough() {
        for value in 0...0x10FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                #expect(!TerminalText.escape(String(scalar)).unicodeScalars.contains(scalar))
            default: continue
            }
        }
    }

    @Test func longNamesAreCut() {
        let escaped = TerminalText.escape(String(repeating: "x", count: 10_000))
        #expect(escaped == String(repeating: "x", count: TerminalText.maximumLength) + "…")
    }
}
