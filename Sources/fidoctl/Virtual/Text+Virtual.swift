import VirtualAuthenticator

extension Text {
    static var virtualKeyProtectsNothing: Text {
        Text(
            "this is a software-emulated key and PROTECTS NOTHING; use it for tests only",
            "これはソフトウェアで模擬したキーであり、何も守りません。テストにのみ使ってください"
        )
    }

    static func unknownKeyControl(_ line: String) -> Text {
        Text("\(line) is none of touch, decline, go and unplug", "\(line) は touch、decline、go、unplug のいずれでもありません")
    }

    static var noTouchNeeded: Text {
        Text("no touch is needed any more", "タッチはもう必要ありません")
    }

    /// Asks the user of a virtual key for a touch; names come from the client and are escaped.
    static func touchQuestion(_ request: PresenceRequest) -> Text {
        let site = request.relyingPartyID.map { " " + TerminalText.escape($0) } ?? ""
        let user = request.userName.map { " (" + TerminalText.escape($0) + ")" } ?? ""
        return switch request.operation {
        case .register: Text("register with\(site)\(user): touch? [Y/n]", "登録\(site)\(user): タッチしますか? [Y/n]")
        case .authenticate: Text("log in to\(site)\(user): touch? [Y/n]", "ログイン\(site)\(user): タッチしますか? [Y/n]")
        case .select: Text("choose this key: touch? [Y/n]", "このキーを選択: タッチしますか? [Y/n]")
        case .reset: Text("ERASE this key: touch? [Y/n]", "このキーを消去: タッチしますか? [Y/n]")
        }
    }
}
