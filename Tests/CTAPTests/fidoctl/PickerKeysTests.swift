import Testing

@testable import Interaction
@testable import fidoctl

@Suite struct PickerKeysTests {
    /// The marked line after these keys, in a list of 12.
    private func selection(after keys: String) -> Int {
        var picker = PickerKeys(count: 12)
        for byte in keys.utf8 {
            let isChosen = picker.take(byte)
            #expect(!isChosen)
        }
        return picker.selection
    }

    @Test(arguments: [
        ("", 0), ("\u{1B}[B", 1), ("\u{1B}OB\u{1B}OB", 2), ("jjk", 1), ("k", 0), ("\u{1B}[A", 0),
        (String(repeating: "j", count: 20), 11),
    ])
    func arrowsAndLettersMoveWithinTheList(keys: String, line: Int) {
        #expect(selection(after: keys) == line)
    }

    @Test(arguments: [("3", 2), ("12", 11), ("13", 2), ("1x2", 1), ("0", 0), ("99", 8)])
    func numbersGoToTheirLine(keys: String, line: Int) {
        #expect(selection(after: keys) == line)
    }

    @Test(arguments: ["\u{1B}[C", "\u{1B}[D", "\u{7}", "é", "\u{1A}", "\u{1C}", "x"])
    func otherKeysDoNoHarm(keys: String) {
        #expect(selection(after: "jj" + keys) == 2)
        #expect(selection(after: "jj" + keys + "j") == 3)
    }

    @Test func anEscapeAloneIsForgottenWhenTheNextOneComes() {
        #expect(selection(after: "jj\u{1B}\u{1B}[B") == 3)
    }

    /// They do not arrive as keys while the terminal turns them into signals, and are not letters otherwise.
    @Test func `a control character does not end a number`() {
        #expect(selection(after: "1\u{1A}2") == 11)
        #expect(selection(after: "1x2") == 1)
    }

    @Test(arguments: ["\n", "\r"]) func returnChooses(key: String) throws {
        var picker = PickerKeys(count: 2)
        _ = picker.take(UInt8(ascii: "j"))
        let isChosen = picker.take(try #require(key.utf8.first))
        #expect(isChosen)
        #expect(picker.selection == 1)
    }
}
