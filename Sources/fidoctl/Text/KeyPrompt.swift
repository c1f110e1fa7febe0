/// What the user has to do on a key, and for which site: one line that fits the terminal's width.
///
/// The relying party comes first and keeps its right end, which identifies its owner. Names of keys are escaped.
struct KeyPrompt: Hashable, Sendable {
    enum Action: Hashable, Sendable {
        case insertKey
        case insertAnotherKey
        case touch
        case touchAgain
        case verify
        case waitForOther
        case work(Progress)
        case unplug
        case plugInAgain
    }

    let action: Action
    let keys: [String]
    let operation: KeyOperation

    /// Asks for a key to be plugged in.
    static func insertKey(_ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .insertKey, keys: [], operation: operation)
    }

    /// Asks for a key other than the plugged-in ones, which are unsuitable.
    static func insertAnotherKey(_ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .insertAnotherKey, keys: [], operation: operation)
    }

    /// Asks for a touch of one of these keys; never empty.
    static func touch(_ keys: [String], _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .touch, keys: keys, operation: operation)
    }

    /// Asks for another touch of a key that was touched before its PIN was entered.
    static func touchAgain(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .touchAgain, keys: [key], operation: operation)
    }

    /// Asks the user to verify on the key, such as with a finger on its reader.
    static func verify(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .verify, keys: [key], operation: operation)
    }

    /// Warns against a touch while another program is using the key.
    static func inUseByAnother(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .waitForOther, keys: [key], operation: operation)
    }

    /// Says how far a key has got with a list.
    static func progress(_ progress: Progress, _ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .work(progress), keys: [key], operation: operation)
    }

    /// Whether it only counts on, and asks for nothing.
    var isProgress: Bool { if case .work = action { true } else { false } }

    /// Asks for the key to be unplugged.
    static func unplug(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .unplug, keys: [key], operation: operation)
    }

    /// Asks for the key to be plugged in where it was.
    static func plugInAgain(_ key: String, _ operation: KeyOperation) -> KeyPrompt {
        KeyPrompt(action: .plugInAgain, keys: [key], operation: operation)
    }

    /// The whole prompt, for output without a width limit.
    var text: Text {
        operation.heading + (wordings.first?(keys.joined(separator: ", ")) ?? Text(verbatim: ""))
    }
}

/// How far a key has got with a list.
struct Progress: Hashable, Sendable {
    var completed: Int
    var total: Int

    var text: String { "\(completed)/\(total)" }
}

// MARK: - Layout

extension KeyPrompt {
    /// The fewest columns in which a truncated key's name is still useful.
    private static let leastNameColumns = 8

    /// The prompt in at most `columns` columns: first the key's name is truncated, then the sentence shortened, then
    /// the time omitted, and last the site's beginning truncated.
    func line(columns: Int, secondsLeft: Int64, in language: Language) -> String {
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

// MARK: - Wordings

extension KeyPrompt {
    /// The sentences with the keys' names, from the longest to the shortest.
    private var wordings: [(String) -> Text] {
        let purpose = operation.purpose
        switch action {
        case .insertKey:
            return [{ _ in Text("Insert your security key" + purpose, "セキュリティキーを接続してください") }]
        case .insertAnotherKey:
            return [{ _ in Text("Insert another security key" + purpose, "別のセキュリティキーを接続してください") }]
        case .touch where keys.count > 1:
            return [
                {
                    Text(
                        "Touch one of your security keys (\($0))" + purpose,
                        "セキュリティキー (\($0)) のどれかにタッチしてください"
                    )
                },
                { _ in Text("Touch one of your security keys" + purpose, "セキュリティキーのどれかにタッチしてください") },
            ]
        case .touch:
            return [
                { Text("Touch your security key \($0)" + purpose, "セキュリティキー \($0, "に")タッチしてください") },
                { Text("Touch \($0)" + purpose, "\($0, "に")タッチしてください") },
            ]
        case .touchAgain:
            return [{ Text("Touch \($0) again" + purpose, "\($0, "に")もう一度タッチしてください") }]
        case .verify:
            return [
                {
                    Text(
                        "Verify yourself on \($0) (fingerprint or its own PIN pad)" + purpose,
                        "\($0, "で")本人確認をしてください (指紋または内蔵の PIN パッド)"
                    )
                },
                { Text("Verify yourself on \($0)" + purpose, "\($0, "で")本人確認をしてください") },
            ]
        case .waitForOther:
            return [
                {
                    Text(
                        "Wait: another program is using \($0) and would get the touch",
                        "お待ちください。\($0, "は")ほかのプログラムが使用中で、タッチはそちらに送られます"
                    )
                },
                { Text("Wait: another program is using \($0)", "お待ちください。\($0, "は")ほかのプログラムが使用中です") },
            ]
        case .work(let progress):
            return [{ Text("\(progress.text) on \($0)" + purpose, "\($0, "で")処理中 \(progress.text)") }]
        case .unplug:
            return [{ Text("Unplug \($0)" + purpose, "\($0, "を")抜いてください") }]
        case .plugInAgain:
            return [
                {
                    Text(
                        "Plug \($0) in again at the same port" + purpose,
                        "\($0, "を")同じポートに挿し直してください"
                    )
                },
                { Text("Plug \($0) in again" + purpose, "\($0, "を")挿し直してください") },
            ]
        }
    }

    /// The sentence for narrow terminals, with the keys' names.
    private func namedBrief(_ names: String) -> Text {
        switch action {
        case .touch where keys.count > 1: Text("Touch one of \(names)", "\(names) のどれかにタッチ")
        case .touch: Text("Touch \(names)", "\(names, "に")タッチ")
        case .touchAgain: Text("Touch \(names) again", "\(names, "に")もう一度タッチ")
        case .verify: Text("Verify yourself on \(names)", "\(names, "で")本人確認")
        case .waitForOther: Text("Wait: another program uses \(names)", "\(names, "は")使用中です")
        case .work(let progress): Text(verbatim: "\(names): \(progress.text)")
        case .unplug: Text("Unplug \(names)", "\(names, "を")抜く")
        case .plugInAgain: Text("Plug \(names) in again", "\(names, "を")挿し直す")
        case .insertKey, .insertAnotherKey: brief
        }
    }

    /// The sentence for narrow terminals.
    private var brief: Text {
        switch action {
        case .insertKey: Text("Insert your key", "キーを接続してください")
        case .insertAnotherKey: Text("Insert another key", "別のキーを接続してください")
        case .touch: Text("Touch your key", "キーにタッチしてください")
        case .touchAgain: Text("Touch your key again", "もう一度タッチしてください")
        case .verify: Text("Verify yourself", "キーで本人確認してください")
        case .waitForOther: Text("Wait, another program uses it", "ほかのプログラムが使用中です")
        case .work(let progress): Text(verbatim: progress.text)
        case .unplug: Text("Unplug your key", "キーを抜いてください")
        case .plugInAgain: Text("Plug your key in again", "キーを挿し直してください")
        }
    }

    /// The sentence for very narrow terminals.
    private var briefest: Text {
        switch action {
        case .insertKey: Text("Insert", "接続")
        case .insertAnotherKey: Text("Insert another", "別のキー")
        case .touch: Text("Touch", "タッチ")
        case .touchAgain: Text("Touch again", "再タッチ")
        case .verify: Text("Verify", "本人確認")
        case .waitForOther: Text("In use", "使用中")
        case .work(let progress): Text(verbatim: progress.text)
        case .unplug: Text("Unplug", "抜く")
        case .plugInAgain: Text("Plug in again", "挿し直す")
        }
    }
}

extension KeyOperation {
    /// The site and, in Japanese, the purpose.
    fileprivate var heading: Text {
        switch self {
        case .register: Text(shortHeading, "\(site ?? "", "に")登録: ")
        case .logIn: Text(shortHeading, "\(site ?? "", "に")ログイン: ")
        case .choose: Text("", "キーの選択: ")
        case .reset: Text("", "キーのリセット: ")
        case .use(let command): Text("", "fidoctl \(command): ")
        }
    }

    fileprivate var shortHeading: String { site.map { $0 + ": " } ?? "" }

    /// The purpose, at the end of an English sentence; in Japanese it is part of `heading`.
    fileprivate var purpose: String {
        switch self {
        case .register: " to register"
        case .logIn: " to log in"
        case .choose: " to choose it"
        case .reset: " to erase it"
        case .use(let command): " for fidoctl \(command)"
        }
    }
}

extension Text {
    /// Asks for the PIN.
    static func enterPIN(of key: String, _ operation: KeyOperation) -> Text {
        operation.heading + Text("PIN of \(key)\(operation.purpose)", "\(key) の PIN を入力してください")
    }
}
