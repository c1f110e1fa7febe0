import Interaction

/// Notes and choices while a key waits. Names of keys and sites are escaped.
extension Text {
    static let randomChallenge = Text(
        "the challenge is random, so a server will reject the response; pass the server's challenge with --challenge",
        "チャレンジは乱数なので、サーバーには受け付けられません。サーバーのものを --challenge で渡してください"
    )

    static func chooseAccount(rpId: String) -> Text {
        Text(
            "\(rpId): Which account? Arrow keys or a number, then Return (Ctrl-C cancels)",
            "\(rpId, "に")ログイン: アカウントを矢印キーか番号で選び、Return を押してください (Ctrl-C でキャンセル)"
        )
    }

    static func noAccountChosen(rpId: String) -> Text {
        Text("timed out: no account of \(rpId) was chosen", "\(rpId, "の")アカウントが時間内に選ばれませんでした")
    }

    static func noSuchAccount(_ name: String) -> Text {
        Text("this key has no account \(name)", "このキーにアカウント \(name, "は")ありません")
    }

    /// Several accounts have the name that was given.
    static func sameAccounts(_ count: Int, name: String, used: String) -> Text {
        Text(
            "this key has \(count) accounts named \(name); using the newest, \(used)",
            "このキーには \(name, "という")アカウントが \(count) 個あります。最新の \(used, "を")使います"
        )
    }

    static func accounts(_ names: [String]) -> Text {
        let list = names.joined(separator: ", ")
        return Text("its accounts: \(list)", "このキーのアカウント: \(list)")
    }

    static func severalAccounts(_ count: Int, rpId: String, used: String) -> Text {
        Text(
            "this key has \(count) accounts of \(rpId); using the newest, \(used)",
            "このキーには \(rpId, "の")アカウントが \(count) 個あります。最新の \(used, "を")使います"
        )
    }

    static func notCompared(challenge: Bool, origin: Bool) -> Text? {
        let options = [challenge ? nil : "--challenge", origin ? nil : "--origin"].compactMap(\.self)
        guard !options.isEmpty else { return nil }
        return Text(
            "not compared with the request; use \(options.joined(separator: " and ")) for that",
            "要求との照合はしていません。照合するには \(options.joined(separator: " と ")) を指定してください"
        )
    }
}
