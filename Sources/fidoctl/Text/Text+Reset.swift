import Interaction

/// Texts of `fidoctl reset`, and of confirmations in general.
extension Text {
    static let consentNeeded = Text(
        "this cannot be undone and needs confirmation, but there is no terminal to confirm it at",
        "この操作は取り消せないため確認が必要ですが、確認に使える端末がありません"
    )
    static let consentNeededHint = Text(
        "run this at a terminal without --no-input, or use --yes to skip the confirmation",
        "--no-input なしで端末から実行するか、確認を省くには --yes を指定してください"
    )
    static let noConsentInTime = Text(
        "timed out waiting for a confirmation; nothing was changed",
        "確認を待つ間に時間切れになりました。何も変更していません"
    )
    static let notConfirmed = Text("not confirmed; nothing was changed", "確認されなかったため、何も変更していません")

    static func resetErases(_ key: String, device: String) -> Text {
        Text(
            "resetting \(key) (\(device)) permanently erases:",
            "\(key) (\(device)) をリセットすると、次のものがすべて消え、元に戻せません:"
        )
    }

    static let resetErasesCredentials = Text(
        "  every credential (passkey) created on it, including those not stored on the key; "
            + "first make sure that you can log in another way",
        "  このキーで作ったすべての資格情報 (パスキー)。キーに保存されていないものも含みます。先にほかのログイン方法を用意してください"
    )
    static let resetErasesPIN = Text("  its PIN", "  PIN")
    static let resetErasesFingerprints = Text("  its enrolled fingerprints", "  登録した指紋")
    static let resetErasesSettings = Text("  its settings", "  設定")

    static let resetNext = Text(
        "next you will unplug the key, plug it in again and touch it within ten seconds",
        "このあと、キーを抜いて挿し直し、10 秒以内にタッチするよう求められます"
    )
    static let resetNextLongTouch = Text(
        "next you will unplug the key, plug it in again and, within ten seconds, touch and hold it until it stops blinking",
        "このあと、キーを抜いて挿し直し、10 秒以内に、点滅が終わるまで長くタッチするよう求められます"
    )
    static let typeReset = Text("Type reset to erase the key:", "リセットするには reset と入力してください:")

    static func resetDone(_ key: String) -> Text {
        Text("\(key) was reset; it has no credentials and no PIN.", "\(key, "を")リセットしました。資格情報も PIN もありません。")
    }

    static func resetNotOverUSB(_ key: String, transports: String) -> Text {
        Text(
            "\(key) does not support reset over USB, only over: \(transports)",
            "\(key, "は") USB ではリセットできません。リセットできる接続: \(transports)"
        )
    }
}
