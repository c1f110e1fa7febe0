import Interaction

/// Keys that are remembered. Names of keys and files are escaped.
extension Text {
    static let forgotten = Text("Every remembered key is forgotten.", "記憶していたキーの情報をすべて消しました。")
    static let nothingToForget = Text("No key was remembered.", "記憶したキーはありません。")

    static let forgetHint = Text(
        "`fidoctl forget` removes the file; `fidoctl credentials list --remember` makes a new one",
        "`fidoctl forget` でファイルを消し、`fidoctl credentials list --remember` で作り直せます"
    )

    static func cannotRemember(_ key: String) -> Text {
        Text("\(key) cannot be remembered: it issues no persistent token", "\(key, "は")永続トークンがないため記憶できません")
    }

    static let noMemoryFolder = Text(
        "there is nowhere to remember keys: neither XDG_STATE_HOME nor HOME is set",
        "XDG_STATE_HOME も HOME も設定されていないため、キーを記憶できません"
    )

    static func memoryOpen(_ path: String) -> Text {
        Text("\(path) is not yours alone", "\(path, "を")他人が読めるか、所有者が自分ではありません")
    }

    static let fromMemory = Text(" (from memory; nothing has changed)", " (記憶している内容。変更なし)")
}
