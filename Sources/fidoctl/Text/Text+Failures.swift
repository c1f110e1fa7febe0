/// Why a command failed, below WebAuthn. Names of keys come in escaped.
extension Text {
    static let noKey = Text("no security key is plugged in", "セキュリティキーが接続されていません")
    static let noKeyHint = Text(
        "plug one in and try again; `fidoctl list` shows the keys that the system sees",
        "キーを接続してからもう一度実行してください。`fidoctl list` で認識されているキーを確認できます"
    )

    static func noSuchDevice(_ path: String) -> Text {
        Text("there is no device \(path), or no longer", "デバイス \(path) は存在しないか、取り外されました")
    }

    static let noKeyCame = Text(
        "no security key was plugged in before the time ran out",
        "時間内にセキュリティキーが接続されませんでした"
    )

    static let listHint = Text(
        "`fidoctl list` shows the keys that are plugged in",
        "`fidoctl list` で接続中のキーを確認できます"
    )

    static func notASecurityKey(_ path: String, _ reason: String) -> Text {
        Text("\(path) is not a security key: \(reason)", "\(path) はセキュリティキーではありません: \(reason)")
    }

    static func mayNotOpen(_ key: String, path: String, owner: String, mode: String) -> Text {
        Text(
            "\(key) may not be opened: \(path) belongs to \(owner) with mode \(mode)",
            "\(key) を開く権限がありません: \(path) の所有者は \(owner)、モードは \(mode) です"
        )
    }

    static func mayNotOpen(_ path: String) -> Text {
        Text("\(path) may not be opened", "\(path) を開く権限がありません")
    }

    static let permissionHint = Text(
        "install fidoctl's udev/70-fido.rules in /etc/udev/rules.d, run `udevadm control --reload` and plug the key in again",
        "udev/70-fido.rules を /etc/udev/rules.d に置き、`udevadm control --reload` を実行してからキーを挿し直してください"
    )

    static func noNode(_ key: String, path: String) -> Text {
        Text("\(key) is plugged in, but \(path) does not exist here", "\(key) は接続されていますが、ここに \(path) がありません")
    }

    static let noNodeHint = Text(
        "in a container or sandbox, hand the device node in from outside",
        "コンテナやサンドボックスの中では、デバイスノードを外から渡してください"
    )

    static func inUse(_ path: String) -> Text {
        Text("another program is using \(path)", "ほかのプログラムが \(path) を使用中です")
    }

    static let inUseHint = Text(
        "wait for it, or close the browser or program that talks to the key",
        "終わるのを待つか、キーを使っているブラウザーなどを閉じてください"
    )

    static func inputOutput(_ operation: String, _ reason: String) -> Text {
        Text("cannot \(operation): \(reason)", "入出力に失敗しました (\(operation)): \(reason)")
    }

    static func disconnected(_ key: String) -> Text {
        Text("\(key) was unplugged", "\(key) が取り外されました")
    }

    static let replugHint = Text(
        "unplug the key, plug it in again and try once more",
        "キーを挿し直して、もう一度実行してください"
    )

    static func timedOut(_ key: String) -> Text {
        Text("the time ran out while waiting for \(key)", "\(key) を待つ間に時間切れになりました")
    }

    static let timedOutHint = Text(
        "touch the key when it blinks; --timeout SECONDS gives more time",
        "キーが点滅したらタッチしてください。--timeout で待ち時間を延ばせます"
    )

    static func timedOutAtWork(_ key: String) -> Text {
        Text("the time ran out while \(key) was still at work", "\(key) の処理が終わらないうちに時間切れになりました")
    }

    static func timedOutUnanswered(_ key: String) -> Text {
        Text("the time ran out without an answer from \(key)", "\(key) からの応答がないまま時間切れになりました")
    }

    static func timedOutInUse(_ key: String) -> Text {
        Text(
            "the time ran out while another program was using \(key)",
            "ほかのプログラムが \(key) を使用している間に時間切れになりました"
        )
    }

    static let unansweredHint = Text(
        "close the browser or program that talks to the key, or unplug the key and plug it in again",
        "キーを使っているブラウザーやプログラムを閉じるか、キーを挿し直してください"
    )

    static func silent(_ key: String, _ command: String) -> Text {
        Text("\(key) stopped answering during \(command)", "\(key) が \(command) の途中で応答しなくなりました")
    }

    static let cancelled = Text("cancelled", "中止しました")

    static func answeredBeforeCancel(_ key: String) -> Text {
        Text(
            "\(key) had finished before the cancel reached it: it may hold a new credential",
            "中止が届く前に \(key) の処理が終わっていました。新しい資格情報が作られた可能性があります"
        )
    }

    static func deviceError(_ key: String, _ command: String, _ code: String) -> Text {
        Text("\(key) answered \(command) with the error \(code)", "\(key) が \(command) にエラー \(code) を返しました")
    }

    static func busy(_ key: String) -> Text {
        Text("\(key) is busy with another program", "\(key) はほかのプログラムの処理中です")
    }

    static func brokeProtocol(_ key: String, _ command: String, _ detail: String) -> Text {
        Text(
            "\(key) broke the protocol in its answer to \(command): \(detail)",
            "\(key) の \(command) への応答がプロトコルに違反しています: \(detail)"
        )
    }

    static func requestTooLong(_ key: String, byteCount: Int, maximum: Int) -> Text {
        Text(
            "\(key) takes requests of \(maximum) bytes at most; this one has \(byteCount)",
            "\(key) が受け取れる要求は \(maximum) バイトまでですが、この要求は \(byteCount) バイトです"
        )
    }

    static func lacksCommand(_ key: String, _ command: String) -> Text {
        Text("\(key) does not have \(command)", "\(key) には \(command) の機能がありません")
    }

    static func extensionInput(_ identifier: String, _ reason: String) -> Text {
        Text("the input of the extension \(identifier) is wrong: \(reason)", "拡張 \(identifier) の入力が正しくありません: \(reason)")
    }

    static func unexpected(_ error: String) -> Text {
        Text("unexpected failure: \(error)", "予期しないエラー: \(error)")
    }

    static let unexpectedHint = Text("please report this", "不具合として報告してください")

    static func cannotWriteOutput(_ reason: String) -> Text {
        Text("cannot write standard output: \(reason)", "標準出力に書き込めません: \(reason)")
    }

    static func usageHint(_ command: String) -> Text {
        Text("see `\(command) --help`", "`\(command) --help` を参照してください")
    }
}
