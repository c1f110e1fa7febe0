/// The meaning of keys typed into a list: pure, byte by byte.
///
/// Arrow keys and j and k move, a number goes to its line, Return chooses.
struct PickerKeys {
    let count: Int
    /// The line that is marked, from 0.
    private(set) var selection = 0
    /// The number typed so far.
    private var number = 0
    /// The bytes of an escape sequence so far.
    private var escape: [UInt8] = []

    init(count: Int) {
        self.count = count
    }

    /// Takes one byte; true when it chooses the marked line.
    mutating func take(_ byte: UInt8) -> Bool {
        if !escape.isEmpty || byte == 0x1B {
            takeEscape(byte)
            return false
        }
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
        case UInt8(ascii: "j"): move(1)
        case UInt8(ascii: "k"): move(-1)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): takeDigit(Int(byte - UInt8(ascii: "0")))
        // Control characters, such as Ctrl-Z, are left to the terminal.
        case 0..<0x20: break
        default: number = 0
        }
        return false
    }

    private mutating func takeEscape(_ byte: UInt8) {
        // A second ESC starts a new sequence: the first was the Escape key itself.
        escape = byte == 0x1B ? [byte] : escape + [byte]
        guard escape.count == 3 else { return }
        let isArrow = escape[1] == UInt8(ascii: "[") || escape[1] == UInt8(ascii: "O")
        switch escape[2] {
        case UInt8(ascii: "A") where isArrow: move(-1)
        case UInt8(ascii: "B") where isArrow: move(1)
        default: break
        }
        escape = []
    }

    private mutating func move(_ step: Int) {
        number = 0
        selection = min(max(selection + step, 0), count - 1)
    }

    /// Digits add up to a number as long as there is such a line; the next digit then begins a new one.
    private mutating func takeDigit(_ digit: Int) {
        let longer = number * 10 + digit
        number = longer <= count ? longer : digit
        guard 1...count ~= number else {
            number = 0
            return
        }
        selection = number - 1
    }
}
