/// The sentences of the prompts.
extension KeyPrompt {
    /// The sentences with the keys' names, from the longest to the shortest.
    var wordings: [(String) -> Text] {
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
        case .touch where operation == .enroll:
            return [
                {
                    Text(
                        "Put your finger on the sensor of \($0)",
                        "\($0) のセンサーに指を置いてください"
                    )
                },
                { Text("Put your finger on \($0)", "\($0, "に")指を置いてください") },
            ]
        case .sample(let samples):
            let count = samples.text
            return [
                {
                    Text("Lift your finger and put it on \($0) again: ", "指を離し、もう一度 \($0, "に")置いてください: ") + count
                },
                { Text("Put your finger on \($0) again: ", "もう一度 \($0, "に")指を置いてください: ") + count },
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
                        "\($0, "で")ユーザー確認をしてください (指紋または内蔵の PIN パッド)"
                    )
                },
                { Text("Verify yourself on \($0)" + purpose, "\($0, "で")ユーザー確認をしてください") },
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
    func namedBrief(_ names: String) -> Text {
        switch action {
        case .touch where keys.count > 1: Text("Touch one of \(names)", "\(names) のどれかにタッチ")
        case .touch where operation == .enroll: Text("Finger on \(names)", "\(names, "に")指を置く")
        case .touch: Text("Touch \(names)", "\(names, "に")タッチ")
        case .touchAgain: Text("Touch \(names) again", "\(names, "に")もう一度タッチ")
        case .verify: Text("Verify yourself on \(names)", "\(names, "で")ユーザー確認")
        case .waitForOther: Text("Wait: another program uses \(names)", "\(names, "は")使用中です")
        case .work(let progress): Text(verbatim: "\(names): \(progress.text)")
        case .sample(let samples): Text("Finger on \(names): ", "\(names, "に")指を: ") + samples.text
        case .unplug: Text("Unplug \(names)", "\(names, "を")抜く")
        case .plugInAgain: Text("Plug \(names) in again", "\(names, "を")挿し直す")
        case .insertKey, .insertAnotherKey: brief
        }
    }

    /// The sentence for narrow terminals.
    var brief: Text {
        switch action {
        case .insertKey: Text("Insert your key", "キーを接続してください")
        case .insertAnotherKey: Text("Insert another key", "別のキーを接続してください")
        case .touch where operation == .enroll: Text("Finger on the sensor", "センサーに指を置いてください")
        case .touch: Text("Touch your key", "キーにタッチしてください")
        case .touchAgain: Text("Touch your key again", "もう一度タッチしてください")
        case .verify: Text("Verify yourself", "キーでユーザー確認してください")
        case .waitForOther: Text("Wait, another program uses it", "ほかのプログラムが使用中です")
        case .work(let progress): Text(verbatim: progress.text)
        case .sample(let samples): Text("Finger: ", "指: ") + samples.text
        case .unplug: Text("Unplug your key", "キーを抜いてください")
        case .plugInAgain: Text("Plug your key in again", "キーを挿し直してください")
        }
    }

    /// The sentence for very narrow terminals.
    var briefest: Text {
        switch action {
        case .insertKey: Text("Insert", "接続")
        case .insertAnotherKey: Text("Insert another", "別のキー")
        case .touch where operation == .enroll: Text("Finger", "指")
        case .touch: Text("Touch", "タッチ")
        case .touchAgain: Text("Touch again", "再タッチ")
        case .verify: Text("Verify", "確認")
        case .waitForOther: Text("In use", "使用中")
        case .work(let progress): Text(verbatim: progress.text)
        case .sample(let samples): Text("Finger ", "指 ") + Text(verbatim: "\(samples.taken)/\(samples.total)")
        case .unplug: Text("Unplug", "抜く")
        case .plugInAgain: Text("Plug in again", "挿し直す")
        }
    }
}

extension KeyOperation {
    /// The site and, in Japanese, the purpose.
    package var heading: Text {
        switch self {
        case .register: Text(shortHeading, "\(site ?? "", "に")登録: ")
        case .logIn: Text(shortHeading, "\(site ?? "", "に")ログイン: ")
        case .choose: Text("", "キーの選択: ")
        case .reset: Text("", "キーのリセット: ")
        case .enroll: Text("", "指紋の登録: ")
        case .ssh(.enroll, _): Text(shortHeading, "\(site ?? "", "の")鍵の作成: ")
        case .ssh(.sign, _): Text(shortHeading, "\(site ?? "", "の")署名: ")
        case .ssh(.load, _): Text(shortHeading, "\(site ?? "", "の")鍵の読み出し: ")
        case .use(let command): Text("", "fidoctl \(command): ")
        }
    }

    var shortHeading: String { site.map { $0 + ": " } ?? "" }

    /// The purpose, at the end of an English sentence; in Japanese it is part of `heading`.
    package var purpose: String {
        switch self {
        case .register: " to register"
        case .logIn: " to log in"
        case .choose: " to choose it"
        case .reset: " to erase it"
        case .enroll: " to enrol a fingerprint"
        case .ssh(.enroll, _): " to make a key"
        case .ssh(.sign, _): " to sign"
        case .ssh(.load, _): " to load its keys"
        case .use(let command): " for fidoctl \(command)"
        }
    }
}

extension Text {
    /// Asks for the PIN.
    package static func enterPIN(of key: String, _ operation: KeyOperation) -> Text {
        operation.heading + Text("PIN of \(key)", "\(key) の PIN を入力してください") + Text(operation.purpose, "")
    }
}
