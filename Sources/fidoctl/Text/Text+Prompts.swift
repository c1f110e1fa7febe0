/// What is asked of a person while a key waits. Names of keys and sites come in escaped.
extension Text {
    static let randomChallenge = Text(
        "the challenge is random; a server's own goes into --challenge",
        "チャレンジは乱数です。サーバーのものは --challenge で渡してください"
    )

    static func inUseByAnother(_ key: String) -> Text {
        Text(
            "another program is using \(key) now; a touch would go to that program",
            "ほかのプログラムが \(key) を使用中です。今タッチすると、そのプログラムへの応答になります"
        )
    }

    static func chooseAccount(rpID: String) -> Text {
        Text(
            "Which account of \(rpID)? Arrow keys or a number, then Return",
            "\(rpID) のどのアカウントを使いますか? 矢印キーか番号で選び、Return を押してください"
        )
    }

    static func noAccountChosen(rpID: String) -> Text {
        Text("no account of \(rpID) was chosen in time", "\(rpID) のアカウントが時間内に選ばれませんでした")
    }

    static func noSuchAccount(_ name: String) -> Text {
        Text("this key holds no account \(name)", "このキーにアカウント \(name) はありません")
    }

    static func accounts(_ names: [String]) -> Text {
        let list = names.joined(separator: ", ")
        return Text("it holds \(list)", "このキーのアカウント: \(list)")
    }

    static func severalAccounts(_ count: Int, rpID: String, used: String) -> Text {
        Text(
            "this key holds \(count) accounts of \(rpID); the newest, \(used), is used",
            "このキーには \(rpID) のアカウントが \(count) 個あります。最新の \(used) を使います"
        )
    }

    static func notCompared(challenge: Bool, origin: Bool) -> Text? {
        let english = [challenge ? nil : "--challenge", origin ? nil : "--origin"].compactMap(\.self)
        guard !english.isEmpty else { return nil }
        let options = english.joined(separator: " and ")
        return Text(
            "not compared with the request: give \(options) for that",
            "要求との照合はしていません。照合するには \(english.joined(separator: " と ")) を指定してください"
        )
    }
}
