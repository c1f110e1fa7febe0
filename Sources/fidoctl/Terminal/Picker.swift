import CTAPHID

/// Lets a person at a terminal choose one of several lines.
struct Picker {
    let title: Text
    /// One line each, escaped for a terminal; never empty.
    let choices: [String]

    /// The index of the chosen line; `nil` when the deadline passed, the task was cancelled or the terminal is gone.
    ///
    /// The list is taken away again before this returns.
    func choose(with keyboard: KeyboardInput, by deadline: Deadline) async -> Int? {
        await TerminalModes.with(.keys, on: keyboard.descriptor) {
            var keys = PickerKeys(count: choices.count)
            var drawn = draw(selection: keys.selection, over: 0)
            defer { erase(drawn) }
            while let byte = await keyboard.byte(by: deadline) {
                if keys.take(byte) { return keys.selection }
                drawn = draw(selection: keys.selection, over: drawn)
            }
            return nil
        }
    }

    /// Draws title and lines, in place of the `count` lines drawn before; returns how many it drew.
    private func draw(selection: Int, over count: Int) -> Int {
        let size = TerminalSize.now()
        // As many lines as fit, the marked one among them.
        let room = max(1, min(choices.count, size.rows - 2))
        let first = min(max(0, selection - room / 2), choices.count - room)
        var lines = [TerminalWidth.truncate(title.localized, to: size.columns - 1)]
        for index in first..<first + room {
            let marker = index == selection ? "❯" : " "
            let line = TerminalWidth.truncate("\(marker) \(index + 1)  \(choices[index])", to: size.columns - 1)
            lines.append(index == selection && StandardStream.error.showsColor ? "\u{1B}[1m\(line)\u{1B}[0m" : line)
        }
        erase(count)
        write(lines.map { $0 + "\n" }.joined())
        return lines.count
    }

    private func erase(_ count: Int) {
        guard count > 0 else { return }
        write("\u{1B}[\(count)A\r\u{1B}[J")
    }

    private func write(_ text: String) {
        try? StandardStream.error.write(Array(text.utf8))
    }
}
