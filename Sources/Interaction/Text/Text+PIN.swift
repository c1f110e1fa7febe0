import CTAP2
import Platform

/// Messages and prompts about PINs. Names of keys, programs and files are escaped.
extension Text {
    package static let terminal = Text("the terminal", "端末")

    static func enterCurrentPIN(of key: String) -> Text {
        Text("Current PIN of \(key)", "\(key, "の")現在の PIN を入力してください")
    }

    /// The end of a prompt.
    package static func triesLeft(_ retries: Int) -> Text {
        Text(
            " (\(retries == 1 ? "1 try" : "\(retries) tries") left; Ctrl-C cancels):",
            " (残り \(retries) 回、Ctrl-C でキャンセル):"
        )
    }

    static func enterNewPIN(of key: String) -> Text {
        Text("New PIN of \(key):", "\(key, "の")新しい PIN を入力してください:")
    }

    static let enterNewPINAgain = Text("The same PIN again:", "同じ PIN をもう一度入力してください:")

    static let typeYes = Text("Type yes to use the last try:", "最後の 1 回を使うには yes と入力してください:")

    package static func wrongPIN(_ key: String) -> Text {
        Text("that was not the PIN of \(key)", "\(key, "の") PIN が違います")
    }

    package static let sameAgain = Text(
        "that was the same wrong PIN again, so it was not sent to the key",
        "先ほどと同じ誤った PIN なので、キーには送りませんでした"
    )

    package static func retriesLeft(_ retries: Int) -> Text {
        Text(
            retries == 1 ? "one try is left before the PIN is blocked for good" : "\(retries) tries are left",
            retries == 1 ? "あと 1 回間違えると PIN は完全にロックされます" : "残りの試行回数は \(retries) 回です"
        )
    }

    static func lastTry(_ key: String) -> Text {
        Text(
            "\(key) has one try left: if this PIN is wrong, only a reset makes the key usable again, and erases every credential on it",
            "\(key, "が")受け付ける PIN はあと 1 回だけです。間違えるとリセットするしかなくなり、キーの資格情報はすべて消えます"
        )
    }

    static func lastTryKept(_ key: String) -> Text {
        Text("the last try of \(key) was not used", "\(key, "の")最後の 1 回は使いませんでした")
    }

    static func lastTryByHand(_ key: String) -> Text {
        Text(
            "\(key) has one try left, and fidoctl does not use the last try with a PIN from a file or descriptor",
            "\(key, "が")受け付ける PIN はあと 1 回だけです。最後の 1 回には、ファイルや記述子の PIN を使いません"
        )
    }

    static let lastTryByHandHint = Text(
        "type the PIN at a terminal, without --pin-fd and --pin-file; a correct PIN restores all tries",
        "--pin-fd と --pin-file を外し、端末で PIN を入力してください。正しい PIN で試行回数は元に戻ります"
    )

    package static func changeForced(_ key: String) -> Text {
        Text("\(key) requires a PIN change first", "\(key, "は")先に PIN を変更するよう求めています")
    }

    package static let changeForcedHint = Text(
        "change it with `fidoctl pin change`",
        "`fidoctl pin change` で変更できます"
    )

    static func pinInstead(_ key: String) -> Text {
        Text("you can use the PIN of \(key) instead", "代わりに \(key, "の") PIN を使えます")
    }

    package static func notRecognized(_ key: String, retries: Int?) -> Text {
        let left = retries.map { Text("; \($0) tries left", " (残り \($0) 回)") } ?? Text(verbatim: "")
        return Text("\(key) did not recognize you", "\(key, "で")ユーザー確認ができませんでした") + left
    }

    static func verificationBlocked(_ key: String) -> Text {
        Text(
            "the built-in verification of \(key) is blocked; a correct PIN unblocks it",
            "\(key, "の")内蔵のユーザー確認はロックされています。正しい PIN を入力すると解除されます"
        )
    }

    package static func pinNeeded(_ key: String) -> Text {
        Text("\(key) needs its PIN, and there is no way to ask for it", "\(key, "の") PIN が必要ですが、入力する手段がありません")
    }

    static let pinNeededHint = Text(
        "run this at a terminal, or use --pin-fd, --pin-file or --askpass",
        "端末で実行するか、--pin-fd、--pin-file、--askpass のどれかを指定してください"
    )
}

// MARK: - Blocked

extension Text {
    static let pinAuthBlockedHint = Text(
        "the key accepts no PIN after several wrong ones in a row: unplug it, plug it in again, then retry",
        "誤った PIN が続いたため、キーは PIN を受け付けません。キーを抜いて挿し直してから、もう一度実行してください"
    )

    static let pinBlockedHint = Text(
        "the PIN is blocked for good; resetting the key removes the block and erases every credential on it (`fidoctl reset`)",
        "PIN は完全にロックされました。キーをリセット (`fidoctl reset`) するとロックは解除されますが、キーの資格情報はすべて消えます"
    )

    package static func proceedsUnverified(_ key: String, isPINBlocked: Bool) -> Text {
        isPINBlocked
            ? Text(
                "the PIN of \(key) is blocked, so this continues without verification; only a reset removes the block",
                "\(key, "の") PIN はロックされているため、ユーザー確認なしで続けます。PIN を使うにはリセットするしかありません"
            )
            : Text(
                "\(key) cannot verify you now, so this continues without verification",
                "\(key, "では")今はユーザー確認ができないため、ユーザー確認なしで続けます"
            )
    }

    static let uvBlockedHint = Text(
        "verification failed too often in a row; a correct PIN unblocks it",
        "失敗が続いたためです。正しい PIN を入力すると解除されます"
    )
}

// MARK: - New PINs

extension Text {
    /// Notes to show before a prompt for a new PIN.
    static func aboutNewPIN(_ request: NewPINRequest) -> [Text] {
        var notes = [
            Text(
                "a PIN has at least \(request.minimumCodePoints) characters of any kind and at most \(request.maximumByteCount) bytes (an English letter or a digit is one byte)",
                "PIN は \(request.minimumCodePoints) 文字以上、\(request.maximumByteCount) バイト以下です (英数字は 1 文字 1 バイト。文字の種類は自由です)"
            )
        ]
        if request.reason == .set {
            notes.append(
                Text(
                    "remember it: it cannot be recovered, and after a few wrong tries the key must be reset",
                    "忘れないでください。PIN は復元できず、何度か間違えるとキーをリセットするしかなくなります"
                )
            )
        }
        if let policy = request.policy {
            let more =
                policy.url.map(TerminalText.escape).map { Text("; see \($0)", "。詳細: \($0)") } ?? Text(verbatim: "")
            notes.append(
                Text(
                    "this key also rejects PINs that are easy to guess, such as 123456 or 111111",
                    "このキーは 123456 や 111111 のような推測されやすい PIN も拒否します"
                ) + more
            )
        }
        return notes
    }

    static let differentPINs = Text("the PINs do not match", "入力した 2 つの PIN が一致しません")

    static func refusedByPolicy(_ key: String) -> Text {
        Text("this PIN does not satisfy the PIN policy of \(key)", "\(key, "の")規則により、この PIN は使えません")
    }

    package static func minimumPINLength(_ key: String, minimum: Int) -> Text {
        Text(
            "\(key) requires PINs of at least \(minimum) characters, more than a PIN can have",
            "\(key) は \(minimum) 文字以上の PIN を求めていますが、PIN はそこまで長くできません"
        )
    }

    static let refusedByPolicyHint = Text(
        "choose a PIN that is longer, harder to guess and not the current one",
        "より長く推測されにくい、今とは違う PIN を選んでください"
    )
}

// MARK: - Files and programs

extension Text {
    static func noPINIn(_ source: String) -> Text {
        Text("\(source) contains no PIN", "\(source, "から") PIN を読み取れませんでした")
    }

    static func lineTooLong(_ source: String) -> Text {
        Text("the line from \(source) is too long for a PIN", "\(source, "の")行は PIN として長すぎます")
    }

    static let noPINInTime = Text(
        "timed out waiting for a PIN",
        "PIN の入力を待つ間に時間切れになりました"
    )
    package static let moreTimeHint = Text("--timeout SECONDS allows more time", "--timeout で待ち時間を延ばせます")

    static func pinFileNotRegular(_ path: String) -> Text {
        Text("the PIN file \(path) is not a regular file", "PIN のファイル \(path, "が")通常のファイルではありません")
    }

    static func pinFileOfOther(_ path: String, owner: String) -> Text {
        Text("the PIN file \(path) belongs to \(owner), not to you", "PIN のファイル \(path, "の")所有者が自分ではありません (\(owner))")
    }

    static func pinFileOpen(_ path: String, mode: String) -> Text {
        Text(
            "other users can access the PIN file \(path): its mode is \(mode)",
            "PIN のファイル \(path, "を")他人が読める状態です (モード \(mode))"
        )
    }

    static func pinFileHint(_ path: String) -> Text {
        Text("restrict it to yourself: `chmod 600 \(path)`", "自分だけが読めるようにしてください: `chmod 600 \(path)`")
    }

    static func pinFileGoesOn(_ path: String) -> Text {
        Text("\(path) has more lines than the PINs that are needed", "\(path, "に")余分な行があります")
    }

    static func askpassNotStarted(_ program: String, _ reason: Errno) -> Text {
        let reason = Text.reason(reason)
        return Text(
            "cannot run \(program) to ask for the PIN: \(reason.english)",
            "PIN を尋ねる \(program, "を")実行できません: \(reason.japanese)"
        )
    }

    static func askpassEnded(_ program: String, status: Int32) -> Text {
        Text(
            "the PIN program \(program) exited with status \(status)",
            "PIN を尋ねるプログラム \(program, "が")終了ステータス \(status) で終了しました"
        )
    }
}

// MARK: - fidoctl pin

extension Text {
    package static let pinLabel = Text(verbatim: "PIN")
    package static let pinUnsupported = Text("not supported by this key", "このキーは PIN に対応していません")
    package static let pinIsSetState = Text("set", "設定済み")
    package static let pinIsNotSetState = Text("not set", "未設定")
    package static let pinBlockedRemark = Text("blocked: the key must be reset", "ロック済み: リセットが必要")
    package static let powerCycleRemark = Text("unplug the key and plug it in again first", "先にキーを挿し直してください")
    package static let uvConfigured = Text("set up", "設定済み")
    package static let uvNotConfigured = Text("not set up", "未設定")

    package static func pinLength(minimum: Int, maximum: Int) -> Text {
        Text("\(minimum) characters to \(maximum) bytes", "\(minimum) 文字以上、\(maximum) バイト以下")
    }

    static func noPINSupport(_ key: String) -> Text {
        Text("\(key) does not support PINs", "\(key, "は") PIN に対応していません")
    }

    static func pinIsSet(_ key: String) -> Text {
        Text("\(key) already has a PIN", "\(key, "には")すでに PIN が設定されています")
    }

    static let pinIsSetHint = Text(
        "change it with `fidoctl pin change`; a forgotten PIN can only be removed by a reset (`fidoctl reset`)",
        "`fidoctl pin change` で変更できます。忘れた場合はリセットするしかありません"
    )

    package static func pinIsNotSet(_ key: String) -> Text {
        Text("\(key) has no PIN", "\(key, "には") PIN がまだ設定されていません")
    }

    package static let pinIsNotSetHint = Text("set one with `fidoctl pin set`", "`fidoctl pin set` で設定できます")

    package static func pinSet(_ key: String) -> Text {
        Text("The PIN of \(key) is set.", "\(key, "に") PIN を設定しました。")
    }

    package static let afterPINSet = Text(
        "You need it to register, when a site requires user verification, and to manage the key. It cannot be read back or recovered.",
        "今後は、登録のとき、サイトがユーザー確認を求めるとき、キーの管理のときにこの PIN が必要です。PIN を読み出したり復元したりはできません。"
    )

    package static func pinChanged(_ key: String) -> Text {
        Text("The PIN of \(key) is changed.", "\(key, "の") PIN を変更しました。")
    }

    package static let afterPINChanged = Text(
        "The old PIN no longer works. Credentials on the key are unchanged.",
        "古い PIN は使えなくなりました。キーの資格情報はそのままです。"
    )
}
