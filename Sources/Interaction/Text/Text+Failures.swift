package import Platform

/// Why a command failed, below WebAuthn. Names of keys are escaped.
extension Text {
    package static let hint = Text("hint: ", "ヒント: ")

    package static let noKey = Text("no security key is plugged in", "セキュリティキーが接続されていません")
    package static let noKeyHint = Text(
        "plug one in and try again; if one is plugged in, `fidoctl doctor` says why it is not seen",
        "キーを接続してからもう一度実行してください。接続しても認識されない理由は `fidoctl doctor` で分かります"
    )

    package static func noSuchDevice(_ path: String) -> Text {
        Text("the device \(path) does not exist, or was unplugged", "デバイス \(path, "は")存在しないか、取り外されました")
    }

    static let noKeyCame = Text(
        "timed out: no security key was plugged in",
        "時間内にセキュリティキーが接続されませんでした"
    )

    static let listHint = Text(
        "`fidoctl list` shows the plugged keys",
        "`fidoctl list` で接続中のキーを確認できます"
    )

    package static func notASecurityKey(_ path: String, _ reason: String) -> Text {
        Text("\(path) is not a security key: \(reason)", "\(path, "は")セキュリティキーではありません: \(reason)")
    }

    static func mayNotOpen(_ key: String, path: String, owner: String, mode: String) -> Text {
        Text(
            "no permission to open \(key): \(path) belongs to \(owner) and has mode \(mode)",
            "\(key, "を")開く権限がありません: \(path, "の")所有者は \(owner)、モードは \(mode) です"
        )
    }

    static func mayNotOpen(_ path: String) -> Text {
        Text("no permission to open \(path)", "\(path, "を")開く権限がありません")
    }

    package static let permissionHint = Text(
        "`fidoctl doctor` says why; mostly the udev rule udev/70-fido.rules is missing, which `fidoctl doctor --fix` installs in a few commands",
        "理由は `fidoctl doctor` で分かります。多くの場合、udev の規則 udev/70-fido.rules がないためで、導入のコマンドは `fidoctl doctor --fix` で表示されます"
    )

    package static func noNode(_ key: String, path: String) -> Text {
        Text("\(key) is plugged in, but \(path) does not exist here", "\(key, "は")接続されていますが、ここに \(path, "が")ありません")
    }

    package static let noNodeHint = Text(
        "in a container or sandbox, pass the device node in from outside",
        "コンテナやサンドボックスの中では、デバイスノードを外から渡してください"
    )

    package static let inUseHint = Text(
        "wait until it has finished, or close the browser or program that uses the key",
        "終わるのを待つか、キーを使っているブラウザーなどを閉じてください"
    )

    static func inputOutput(_ operation: String, _ reason: String) -> Text {
        Text("cannot \(operation): \(reason)", "入出力に失敗しました (\(operation)): \(reason)")
    }

    package static func disconnected(_ key: String) -> Text {
        Text("\(key) was unplugged", "\(key, "が")取り外されました")
    }

    package static let replugHint = Text(
        "unplug the key, plug it in again and retry",
        "キーを挿し直して、もう一度実行してください"
    )

    package static func fileNotReadInTime(_ name: String) -> Text {
        Text("timed out reading the rest of \(name)", "\(name) を時間内に最後まで読み取れませんでした")
    }

    package static func timedOut(_ key: String) -> Text {
        Text("timed out waiting for \(key)", "\(key, "を")待つ間に時間切れになりました")
    }

    static let timedOutHint = Text(
        "touch the key when it blinks; --timeout SECONDS allows more time",
        "キーが点滅したらタッチしてください。--timeout で待ち時間を延ばせます"
    )

    static func timedOutAtWork(_ key: String) -> Text {
        Text("timed out while \(key) was still processing", "\(key, "の")処理が終わらないうちに時間切れになりました")
    }

    static func timedOutUnanswered(_ key: String) -> Text {
        Text("timed out without a response from \(key)", "\(key, "からの")応答がないまま時間切れになりました")
    }

    static func timedOutInUse(_ key: String) -> Text {
        Text(
            "timed out while another program was using \(key)",
            "ほかのプログラムが \(key) を使用している間に時間切れになりました"
        )
    }

    static let unansweredHint = Text(
        "close the browser or program that uses the key, or unplug the key and plug it in again",
        "キーを使っているブラウザーやプログラムを閉じるか、キーを挿し直してください"
    )

    package static func silent(_ key: String, _ command: String) -> Text {
        Text("\(key) stopped responding during \(command)", "\(key, "が") \(command, "の")途中で応答しなくなりました")
    }

    package static let cancelled = Text("cancelled", "キャンセルしました")

    package static func answeredBeforeCancel(_ key: String) -> Text {
        Text(
            "\(key) finished before the cancel reached it: it may hold a new credential",
            "キャンセルが届く前に \(key, "の")処理が終わっていました。新しい資格情報が作られた可能性があります"
        )
    }

    static func deviceError(_ key: String, _ command: String, _ code: String) -> Text {
        Text("\(key) returned the error \(code) for \(command)", "\(key, "が") \(command, "に")エラー \(code, "を")返しました")
    }

    package static func busy(_ key: String) -> Text {
        Text("\(key) is busy with another program", "\(key, "は")ほかのプログラムの処理中です")
    }

    static func brokeProtocol(_ key: String, _ command: String, _ detail: Text) -> Text {
        Text(
            "the response of \(key) to \(command) violates the protocol: ",
            "\(key, "の") \(command, "への")応答がプロトコルに違反しています: "
        ) + detail
    }

    static func requestTooLong(_ key: String, byteCount: Int, maximum: Int) -> Text {
        Text(
            "\(key) accepts requests of at most \(maximum) bytes; this one has \(byteCount)",
            "\(key, "が")受け取れる要求は \(maximum) バイトまでですが、この要求は \(byteCount) バイトです"
        )
    }

    static func lacksCommand(_ key: String, _ command: String) -> Text {
        Text("\(key) does not support \(command)", "\(key, "には") \(command, "の")機能がありません")
    }

    package static func unexpected(_ error: String) -> Text {
        Text("unexpected error: \(error)", "予期しないエラー: \(error)")
    }

    static let unexpectedHint = Text("please report this as a bug", "不具合として報告してください")

    package static let outputNotReadInTime = Text(
        "the reader of standard output has stopped reading",
        "標準出力の読み手が読み取りを止めました"
    )

    package static func cannotWriteOutput(_ reason: Errno) -> Text {
        let reason = Text.reason(reason)
        return Text("cannot write standard output: \(reason.english)", "標準出力に書き込めません: \(reason.japanese)")
    }

    package static func notUTF8(_ argument: String) -> Text {
        Text("not UTF-8: \(argument)", "UTF-8 ではありません: \(argument)")
    }

    package static let notUTF8Hint = Text(
        "rename the file, or pass it on standard input as -",
        "ファイル名を変更するか、標準入力 (-) で渡してください"
    )

    package static let eventsLost = Text(
        "events are missing from --events: its reader has stopped reading",
        "--events の読み手が読み取りを止めたため、イベントの一部が失われました"
    )

    package static func traceInTheWay(_ path: String) -> Text {
        Text(
            "--trace would overwrite \(path), which is not an earlier trace of yours",
            "\(path, "は")自分の以前のトレースではないため、--trace で上書きできません"
        )
    }

    package static let traceInTheWayHint = Text("name a new file", "新しいファイル名を指定してください")

    static let descriptorsHint = Text(
        "too many files are open; raise the limit (`ulimit -n`) or end some programs",
        "開いているファイルが多すぎます。上限 (`ulimit -n`) を上げるか、プログラムを終了してください"
    )

    static let tooLongForKeyHint = Text(
        "the message is too long for this key; send a shorter one",
        "このキーにはメッセージが長すぎます。短くしてください"
    )

    /// Warns that a touch would not reach this program.
    package static func inUseByAnother(_ key: String) -> Text {
        Text(
            "another program is using \(key); a touch would go to that program",
            "\(key, "は")ほかのプログラムが使用中で、タッチはそちらに送られます"
        )
    }

    /// Reports an unsuitable key while the command waits for another.
    static func notRegistered(_ key: String, _ operation: KeyOperation) -> Text {
        let site = operation.site ?? "?"
        return Text(
            "\(key) is not registered at \(site); use another key",
            "\(key, "は") \(site, "に")登録されていません。別のキーを使ってください"
        )
    }

    package static func didYouMean(_ command: String) -> Text {
        Text("did you mean `\(command)`?", "`\(command)` のことですか?")
    }

    package static func usageHint(_ command: String) -> Text {
        Text("see `\(command) --help`", "`\(command) --help` を参照してください")
    }
}
