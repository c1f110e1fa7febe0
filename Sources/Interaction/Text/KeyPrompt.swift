/// What the user has to do on a key, and for which site: one line that fits the terminal's width.
///
/// The relying party comes first and keeps its right end, which identifies its owner. Names of keys are escaped.
package struct KeyPrompt: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case insertKey
        case insertAnotherKey
        case touch
        case touchAgain
        case verify
        case waitForOther
        case work(Progress)
        case sample(SampleCount)
        case unplug
        case plugInAgain
    }

    package let action: Action
    package let keys: [String]
    package let operation: KeyOperation

    /// Asks for a key to be plugged in.
    package static func insertKey(_ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .insertKey, keys: [], operation: operation)
    }

    /// Asks for a key other than the plugged-in ones, which are unsuitable.
    package static func insertAnotherKey(_ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .insertAnotherKey, keys: [], operation: operation)
    }

    /// Asks for a touch of one of these keys; never empty.
    package static func touch(_ keys: [String], _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .touch, keys: keys, operation: operation)
    }

    /// Asks for another touch of a key that was touched before its PIN was entered.
    package static func touchAgain(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .touchAgain, keys: [key], operation: operation)
    }

    /// Asks the user to verify on the key, such as with a finger on its reader.
    package static func verify(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .verify, keys: [key], operation: operation)
    }

    /// Warns against a touch while another program is using the key.
    package static func inUseByAnother(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .waitForOther, keys: [key], operation: operation)
    }

    /// Says how far a key has got with a list.
    package static func progress(_ progress: Progress, _ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .work(progress), keys: [key], operation: operation)
    }

    /// Asks for the finger again.
    package static func sample(_ samples: SampleCount, _ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .sample(samples), keys: [key], operation: operation)
    }

    /// Whether it only counts on, and asks for nothing.
    var isProgress: Bool { if case .work = action { true } else { false } }

    /// Asks for the key to be unplugged.
    package static func unplug(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .unplug, keys: [key], operation: operation)
    }

    /// Asks for the key to be plugged in where it was.
    package static func plugInAgain(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .plugInAgain, keys: [key], operation: operation)
    }

    /// The whole prompt, for output without a width limit.
    package var text: Text {
        operation.heading + (wordings.first?(keys.joined(separator: ", ")) ?? Text(verbatim: ""))
    }
}

/// How far a key has got with a list.
package struct Progress: Hashable, Sendable {
    package var completed: Int
    package var total: Int

    package var text: String { "\(completed)/\(total)" }
}

/// How far an enrolment has got.
package struct SampleCount: Hashable, Sendable {
    /// Good samples.
    package var taken: Int
    package var total: Int

    /// The numbers, after a bar if that is not too long.
    package var text: Text {
        let count = Text("\(taken) of \(total)", "\(taken)/\(total)")
        guard total <= 20 else { return count }
        let bar = String(repeating: "#", count: taken) + String(repeating: "-", count: total - taken)
        return Text(verbatim: "[\(bar)] ") + count
    }
}

// MARK: - Layout

extension KeyPrompt {
    /// The fewest columns in which a truncated key's name is still useful.
    private static let leastNameColumns = 8

    /// The prompt in at most `columns` columns: first the key's name is truncated, then the sentence shortened, then
    /// the time omitted, and last the site's beginning truncated.
    package func line(columns: Int, secondsLeft: Int64, in language: Language) -> String {
        let timed = Self.cancelNote(secondsLeft: secondsLeft).string(in: language)
        let untimed = Self.cancelNote.string(in: language)
        let heading = operation.heading.string(in: language)
        for wording in wordings {
            if let line = fit(heading, { wording($0).string(in: language) }, timed, columns) { return line }
        }
        let brief = brief.string(in: language)
        let short = operation.shortHeading
        if let line = fit(short, { namedBrief($0).string(in: language) }, timed, columns) { return line }
        for (sentence, end) in [(brief, timed), (brief, untimed), (briefest.string(in: language), untimed)] {
            if let line = fit(short, { _ in sentence }, end, columns) { return line }
        }
        let rest = (operation.site == nil ? "" : ": ") + briefest.string(in: language) + " (Ctrl-C)"
        return TerminalWidth.truncateStart(operation.site ?? "", to: columns - TerminalWidth.columns(rest)) + rest
    }

    /// The line with as much of the keys' names as fits; `nil` if too little of them does.
    private func fit(_ start: String, _ wording: (String) -> String, _ end: String, _ columns: Int) -> String? {
        let names = keys.joined(separator: ", ")
        let room = columns - TerminalWidth.columns(start + wording("") + end)
        let isNamed = wording("x") != wording("")
        guard room >= (isNamed ? min(Self.leastNameColumns, TerminalWidth.columns(names)) : 0) else { return nil }
        return start + wording(TerminalWidth.truncate(names, to: room)) + end
    }

    static let cancelNote = Text("  (Ctrl-C cancels)", "  (Ctrl-C でキャンセル)")

    private static func cancelNote(secondsLeft: Int64) -> Text {
        Text("  (Ctrl-C cancels, \(secondsLeft) s)", "  (Ctrl-C でキャンセル、\(secondsLeft) 秒)")
    }
}
