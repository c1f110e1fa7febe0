import VirtualAuthenticator

extension Text {
    static var virtualKeyProtectsNothing: Text {
        Text(
            "this is a software-emulated key and PROTECTS NOTHING; use it for tests only",
            "これはソフトウェアで模擬したキーであり、何も守りません。テストにのみ使ってください"
        )
    }

    static func unknownKeyControl(_ line: String) -> Text {
        Text(
            "\(line) is none of touch, wrong-finger, decline, go and unplug",
            "\(line) は touch、wrong-finger、decline、go、unplug のいずれでもありません"
        )
    }

    static var noTouchNeeded: Text {
        Text("no touch is needed any more", "タッチはもう必要ありません")
    }

    /// Asks the user of a virtual key for a touch; names come from the client and are escaped.
    static func touchQuestion(_ request: PresenceRequest) -> Text {
        let site = request.relyingPartyID.map { " " + TerminalText.escape($0) } ?? ""
        let user = request.userName.map { " (" + TerminalText.escape($0) + ")" } ?? ""
        let (gesture, japanese) =
            switch request.gesture {
            case .touch: ("touch? [Y/n]", "タッチしますか? [Y/n]")
            case .fingerprint: ("finger? [Y/n/wrong-finger]", "指紋をかざしますか? [Y/n/wrong-finger]")
            }
        return switch request.operation {
        case .register: Text("register with\(site)\(user): \(gesture)", "登録\(site)\(user): \(japanese)")
        case .authenticate: Text("log in to\(site)\(user): \(gesture)", "ログイン\(site)\(user): \(japanese)")
        case .verify: Text("verify you for\(site)\(user): \(gesture)", "本人確認\(site)\(user): \(japanese)")
        case .select: Text("choose this key: \(gesture)", "このキーを選択: \(japanese)")
        case .reset: Text("ERASE this key: \(gesture)", "このキーを消去: \(japanese)")
        }
    }
}
