import CTAPHID
import Interaction
import Synchronization

/// Lets a person at a terminal choose one of several lines.
struct Picker: Sendable {
    let title: Text
    /// One line each, escaped for a terminal; never empty.
    let choices: [String]

    /// The list as it stands on the terminal.
    private struct Drawing {
        var selection = 0
        /// How many lines are drawn.
        var lines = 0
    }

    /// The index of the chosen line; `nil` when the deadline passed, the task was cancelled or the terminal is gone.
    ///
    /// The list is erased before this returns. On a terminal without escape sequences it is printed once and stays, and
    /// the user types a number, which is echoed.
    func choose(with keyboard: KeyboardInput, by deadline: Deadline) async -> Int? {
        let isPlain = !StandardStream.error.takesEscapes
        let drawing = Mutex(Drawing())
        let redraw: @Sendable (Int) -> Void = { selection in
            drawing.withLock { drawing in
                if !isPlain { erase(drawing.lines) }
                drawing = Drawing(selection: selection, lines: draw(selection: selection))
            }
        }
        return await TerminalModes.with(isPlain ? .line : .keys, on: keyboard.descriptor) {
            // Below anything that was printed while the process was stopped.
            drawing.withLock { $0.lines = 0 }
            redraw(drawing.withLock { $0.selection })
        } _: {
            defer { if !isPlain { erase(drawing.withLock { $0.lines }) } }
            var keys = PickerKeys(count: choices.count)
            while let byte = await keyboard.byte(by: deadline) {
                let before = keys.selection
                if keys.take(byte) { return keys.selection }
                if !isPlain, keys.selection != before { redraw(keys.selection) }
            }
            return nil
        }
    }

    /// Draws title and lines; returns the number of lines drawn.
    private func draw(selection: Int) -> Int {
        let lines = lines(selection: selection, size: TerminalSize.now(), showsColor: StandardStream.error.showsColor)
        for line in lines { try? StandardStream.error.writeLine(line) }
        return lines.count
    }

    /// The title and as many lines as fit, including the marked one.
    func lines(selection: Int, size: TerminalSize, showsColor: Bool) -> [String] {
        let room = max(1, min(choices.count, size.rows - 2))
        let first = min(max(0, selection - room / 2), choices.count - room)
        let marked = StandardStream.error.takesEscapes ? "❯" : ">"
        var lines = [TerminalWidth.truncate(title.localized, to: size.columns - 1)]
        for index in first..<first + room {
            let marker = index == selection ? marked : " "
            let line = TerminalWidth.truncate("\(marker) \(index + 1)  \(choices[index])", to: size.columns - 1)
            lines.append(index == selection && showsColor ? "\u{1B}[1m\(line)\u{1B}[0m" : line)
        }
        return lines
    }

    private func erase(_ count: Int) {
        guard count > 0 else { return }
        try? StandardStream.error.write(Array("\u{1B}[\(count)A\r\u{1B}[J".utf8))
    }
}
