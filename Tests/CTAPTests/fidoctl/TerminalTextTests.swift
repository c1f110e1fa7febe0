import Testing
@testable import Interaction
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

    /// A name must not move the cursor, change the colour or reverse the direction of text, whatever its scalars.
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

    @Test(arguments: [
        ("a\u{3164}b", "a\\u{3164}b"), ("\u{115F}\u{1160}", "\\u{115f}\\u{1160}"), ("a\u{34F}b", "a\\u{34f}b"),
        ("\u{FFA0}", "\\u{ffa0}"), ("a\u{180B}\u{FE0F}", "a\\u{180b}\\u{fe0f}"), ("\u{17B4}", "\\u{17b4}"),
        ("\u{E0100}", "\\u{e0100}"), ("\u{2800}", "\\u{2800}"), ("a\u{A0}b\u{2003}c", "a\\u{a0}b\\u{2003}c"),
        ("al ", "al\\u{20}"), (" al", "\\u{20}al"), ("\u{301}al", "\\u{301}al"),
    ])
    func `what nobody sees is written out, so that two names never look alike`(text: String, escaped: String) {
        #expect(TerminalText.escape(text) == escaped)
    }

    @Test func `no default-ignorable scalar gets through`() {
        for value in 0...0x10FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isDefaultIgnorableCodePoint else { continue }
            #expect(!TerminalText.escape(String(scalar)).unicodeScalars.contains(scalar))
        }
    }

    @Test func `piled combining marks are written out, those that languages need are not`() {
        #expect(TerminalText.escape("Vi\u{323}\u{302}\u{301}") == "Vi\u{323}\u{302}\u{301}")
        let flood = "e" + String(repeating: "\u{301}", count: 5)
        #expect(TerminalText.escape(flood) == "e\u{301}\u{301}\u{301}\\u{301}\\u{301}")
    }

    @Test func `a relying party is cut at its left`() {
        let site = TerminalText.site(String(repeating: "x", count: 10_000) + ".evil.example")
        #expect(site.hasPrefix("…xxx") && site.hasSuffix(".evil.example"))
        #expect(TerminalText.site("example.com\u{9B}") == "example.com\\u{9b}")
    }

    @Test func `in the C locale everything is ASCII`() {
        #expect(TerminalText.ascii("Schlüssel…") == "Schl\\u{fc}ssel...")
    }
}
