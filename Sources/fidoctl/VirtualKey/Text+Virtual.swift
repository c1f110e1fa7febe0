import Interaction
import Platform
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
            "\(line) is not one of touch, wrong-finger, decline, go and unplug",
            "\(line) は touch、wrong-finger、decline、go、unplug のいずれでもありません"
        )
    }

    static func notAScenario(_ path: String, _ detail: String) -> Text {
        Text("\(path) is not a scenario: \(detail)", "\(path) はシナリオとして読めません: \(detail)")
    }

    static let scenarioHint = Text(
        "docs/scenarios.md lists what a scenario may have, and scenarios/ has examples",
        "シナリオに書けることは docs/scenarios.md に、例は scenarios/ にあります"
    )

    static let stateOptionHint = Text(
        "the file was left as it was; name another one with --state, which is made if it does not exist",
        "ファイルには手を加えていません。--state で別のファイル名を指定してください (なければ作られます)"
    )

    static func reportNumberMissing(byteCount: Int) -> Text {
        Text(
            "a client sent a report of \(byteCount) bytes without the report number 0 in front, as a hidraw node wants it: "
                + "send \(byteCount + 1) bytes",
            "クライアントが送った \(byteCount) バイトのレポートの先頭に、hidraw で必要なレポート番号 0 がありません。"
                + "\(byteCount + 1) バイトを送ってください"
        )
    }

    static func clientsRefused(_ reason: String) -> Text {
        Text(
            "new clients have to wait until another one leaves: \(reason)",
            "ほかのクライアントが切断するまで、新しいクライアントは待たされます: \(reason)"
        )
    }

    static func cannotWatchParent(_ reason: Errno) -> Text {
        let reason = Text.reason(reason)
        return Text(
            "cannot watch the program that started this one: \(reason.english)",
            "起動元のプログラムを監視できません: \(reason.japanese)"
        )
    }

    static var noTouchNeeded: Text {
        Text("the touch is no longer needed", "タッチはもう必要ありません")
    }

    /// Asks the user of a virtual key for a touch; names come from the client and are escaped.
    static func touchQuestion(_ request: PresenceRequest) -> Text {
        let site = request.relyingPartyID.map { " " + TerminalText.escape($0) } ?? ""
        let user = request.userName.map { " (" + TerminalText.escape($0) + ")" } ?? ""
        let gesture: Text =
            switch request.gesture {
            case .touch: Text("touch? [Y/n]", "タッチしますか? [Y/n]")
            case .longTouch: Text("long touch? [Y/n]", "長くタッチしますか? [Y/n]")
            case .fingerprint: Text("finger? [Y/n/wrong-finger]", "指を置きますか? [Y/n/wrong-finger]")
            }
        let operation: Text =
            switch request.operation {
            case .register: Text("register with\(site)\(user)", "登録\(site)\(user)")
            case .authenticate: Text("log in to\(site)\(user)", "ログイン\(site)\(user)")
            case .verify: Text("verify you for\(site)\(user)", "ユーザー確認\(site)\(user)")
            case .enroll: Text("enrol a finger", "指紋を登録")
            case .select: Text("choose this key", "このキーを選択")
            case .reset: Text("ERASE this key", "このキーを消去")
            }
        return operation + Text(verbatim: ": ") + gesture
    }
}
