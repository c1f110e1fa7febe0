import CTAP2

/// What is said and asked about PINs. Names of keys, programs and files come in escaped.
extension Text {
    static let terminal = Text("the terminal", "端末")

    static func enterCurrentPIN(of key: String) -> Text {
        Text("Current PIN of \(key)", "\(key) の現在の PIN を入力してください")
    }

    /// How a question ends.
    static func triesLeft(_ retries: Int) -> Text {
        Text(retries == 1 ? " (1 try left):" : " (\(retries) tries left):", " (残り \(retries) 回):")
    }

    static func enterNewPIN(of key: String) -> Text {
        Text("New PIN of \(key):", "\(key) の新しい PIN を入力してください:")
    }

    static let enterNewPINAgain = Text("The same PIN again:", "同じ PIN をもう一度入力してください:")

    static let typeYes = Text("Type yes to use the last try:", "最後の 1 回を使うには yes と入力してください:")

    static func wrongPIN(_ key: String) -> Text {
        Text("that was not the PIN of \(key)", "\(key) の PIN が違います")
    }

    static let sameAgain = Text(
        "that was the same wrong PIN again, so it was not sent to the key",
        "先ほどと同じ誤った PIN なので、キーには送りませんでした"
    )

    static func retriesLeft(_ retries: Int) -> Text {
        Text(
            retries == 1 ? "one try is left before the PIN is blocked for good" : "\(retries) tries are left",
            retries == 1 ? "あと 1 回間違えると PIN は完全にブロックされます" : "残りの試行回数は \(retries) 回です"
        )
    }

    static func lastTry(_ key: String) -> Text {
        Text(
            "\(key) takes only one more PIN: if it is wrong, nothing but a reset helps, which erases every credential on the key",
            "\(key) が受け付ける PIN はあと 1 回だけです。間違えるとリセットするしかなくなり、キーの資格情報はすべて消えます"
        )
    }

    static func lastTryKept(_ key: String) -> Text {
        Text("the last try of \(key) was not used", "\(key) の最後の 1 回は使いませんでした")
    }

    static func lastTryByHand(_ key: String) -> Text {
        Text(
            "\(key) takes only one more PIN, and the last try is not made from a file or descriptor",
            "\(key) が受け付ける PIN はあと 1 回だけです。最後の 1 回はファイルや記述子からは行いません"
        )
    }

    static let lastTryByHandHint = Text(
        "type the PIN at a terminal, without --pin-fd and --pin-file; a correct one gives all tries back",
        "--pin-fd と --pin-file を外し、端末で PIN を入力してください。正しい PIN で試行回数は元に戻ります"
    )

    static func changeForced(_ key: String) -> Text {
        Text("\(key) demands that its PIN be changed first", "\(key) は先に PIN を変更するよう求めています")
    }

    static let changeForcedHint = Text(
        "`fidoctl pin change` changes it",
        "`fidoctl pin change` で変更できます"
    )

    static func pinInstead(_ key: String) -> Text {
        Text("the PIN of \(key) does as well", "代わりに \(key) の PIN を使えます")
    }

    static func notRecognized(_ key: String, retries: Int?) -> Text {
        let left = retries.map { Text("; \($0) tries left", " (残り \($0) 回)") } ?? Text(verbatim: "")
        return Text("\(key) did not recognize you", "\(key) で本人確認ができませんでした") + left
    }

    static func verificationBlocked(_ key: String) -> Text {
        Text(
            "\(key) does not verify its user by itself now; a correct PIN lets it do so again",
            "\(key) の内蔵の本人確認は今は使えません。正しい PIN を入力すると再び使えるようになります"
        )
    }

    static func pinNeeded(_ key: String) -> Text {
        Text("\(key) needs its PIN, and there is no way to ask for it", "\(key) の PIN が必要ですが、入力を求められません")
    }

    static let pinNeededHint = Text(
        "run this at a terminal, or give --pin-fd, --pin-file or --askpass",
        "端末で実行するか、--pin-fd、--pin-file、--askpass のどれかを指定してください"
    )
}

// MARK: - Blocked

extension Text {
    static let pinAuthBlockedHint = Text(
        "the key takes no PIN after several wrong ones in a row: unplug it, plug it in again, then try once more",
        "誤った PIN が続いたため、キーは PIN を受け付けません。キーを抜いて挿し直してから、もう一度実行してください"
    )

    static let pinBlockedHint = Text(
        "no PIN will do any more: only a reset helps, which erases the PIN and every credential on the key, so that no site knows it any longer",
        "PIN はもう使えません。リセットするしかありませんが、PIN とキーの資格情報がすべて消え、登録済みのサイトでも使えなくなります"
    )

    static func goesUnverified(_ key: String, isPINBlocked: Bool) -> Text {
        isPINBlocked
            ? Text(
                "the PIN of \(key) is blocked, so the site will not learn who you are; only a reset gives the key a new PIN",
                "\(key) の PIN はブロックされているため、本人確認なしで続けます。PIN を使うにはリセットするしかありません"
            )
            : Text(
                "\(key) cannot verify you now, so the site will not learn who you are",
                "\(key) では今は本人確認ができないため、本人確認なしで続けます"
            )
    }

    static let uvBlockedHint = Text(
        "too many failures in a row; a correct PIN lets the key verify its user by itself again",
        "失敗が続いたためです。正しい PIN を入力すると、内蔵の本人確認が再び使えるようになります"
    )
}

// MARK: - New PINs

extension Text {
    /// What a person should know before they choose a new PIN.
    static func aboutNewPIN(_ request: NewPINRequest) -> [Text] {
        var notes = [
            Text(
                "a PIN has at least \(request.minimumCodePoints) characters, of any kind, and at most \(request.maximumByteCount) bytes (a letter of English or a digit takes one)",
                "PIN は \(request.minimumCodePoints) 文字以上、\(request.maximumByteCount) バイト以下です (英数字は 1 文字 1 バイト。文字の種類は自由です)"
            )
        ]
        if request.reason == .set {
            notes.append(
                Text(
                    "keep it in mind: it cannot be recovered, and after a few wrong ones only a reset of the key helps",
                    "忘れないでください。PIN は復元できず、何度か間違えるとキーをリセットするしかなくなります"
                )
            )
        }
        if let policy = request.policy {
            let more =
                policy.url.map(TerminalText.escape).map { Text("; see \($0)", "。詳細: \($0)") } ?? Text(verbatim: "")
            notes.append(
                Text(
                    "this key also refuses PINs that are easy to guess, such as 123456 or 111111",
                    "このキーは 123456 や 111111 のような推測されやすい PIN も拒否します"
                ) + more
            )
        }
        return notes
    }

    static let differentPINs = Text("these were two different PINs", "2 回の PIN が一致しません")

    static func refusedByPolicy(_ key: String) -> Text {
        Text("\(key) refuses this PIN by its own policy", "\(key) の規則により、この PIN は使えません")
    }

    static func minimumPINLength(_ key: String, minimum: Int) -> Text {
        Text(
            "\(key) demands PINs of at least \(minimum) characters, more than a PIN can have",
            "\(key) は \(minimum) 文字以上の PIN を求めていますが、PIN はそこまで長くできません"
        )
    }

    static let refusedByPolicyHint = Text(
        "choose one that is longer and harder to guess, and not the present one",
        "より長く推測されにくい、今とは違う PIN を選んでください"
    )
}

// MARK: - Files and programs

extension Text {
    static func noPINIn(_ source: String) -> Text {
        Text("\(source) gave no PIN", "\(source) から PIN を読み取れませんでした")
    }

    static func lineTooLong(_ source: String) -> Text {
        Text("the line from \(source) is too long for a PIN", "\(source) の行は PIN として長すぎます")
    }

    static let noPINInTime = Text(
        "the time ran out while a PIN was asked for",
        "PIN の入力を待つ間に時間切れになりました"
    )
    static let moreTimeHint = Text("--timeout SECONDS gives more time", "--timeout で待ち時間を延ばせます")

    static func pinFileNotRegular(_ path: String) -> Text {
        Text("\(path) is not a regular file, as one with a PIN has to be", "PIN のファイル \(path) が通常のファイルではありません")
    }

    static func pinFileOfOther(_ path: String, owner: String) -> Text {
        Text("\(path) holds a PIN and belongs to \(owner), not to you", "PIN のファイル \(path) の所有者が自分ではありません (\(owner))")
    }

    static func pinFileOpen(_ path: String, mode: String) -> Text {
        Text(
            "\(path) holds a PIN and is open to others: its mode is \(mode)",
            "PIN のファイル \(path) を他人が読める状態です (モード \(mode))"
        )
    }

    static func pinFileHint(_ path: String) -> Text {
        Text("it has to be yours alone: `chmod 600 \(path)`", "自分だけが読めるようにしてください: `chmod 600 \(path)`")
    }

    static func pinFileGoesOn(_ path: String) -> Text {
        Text("\(path) has more lines than the PINs that are needed", "\(path) に余分な行があります")
    }

    static func askpassNotStarted(_ program: String, _ reason: String) -> Text {
        Text("\(program) cannot be run to ask for the PIN: \(reason)", "PIN を尋ねる \(program) を実行できません: \(reason)")
    }

    static func askpassEnded(_ program: String, status: Int32) -> Text {
        Text(
            "\(program) was to ask for the PIN and ended with status \(status)",
            "PIN を尋ねる \(program) が終了ステータス \(status) で終了しました"
        )
    }
}

// MARK: - fidoctl pin

extension Text {
    static let pinLabel = Text(verbatim: "PIN")
    static let pinUnsupported = Text("this key has none", "このキーは PIN に対応していません")
    static let pinIsSetState = Text("set", "設定済み")
    static let pinIsNotSetState = Text("not set", "未設定")
    static let pinBlockedRemark = Text("blocked: only a reset helps", "ブロック済み: リセットが必要")
    static let powerCycleRemark = Text("unplug the key and plug it in again first", "先にキーを挿し直してください")
    static let uvConfigured = Text("set up", "設定済み")
    static let uvNotConfigured = Text("not set up", "未設定")

    static func pinLength(minimum: Int, maximum: Int) -> Text {
        Text("\(minimum) characters to \(maximum) bytes", "\(minimum) 文字以上、\(maximum) バイト以下")
    }

    static func noPINSupport(_ key: String) -> Text {
        Text("\(key) can have no PIN", "\(key) は PIN に対応していません")
    }

    static func pinIsSet(_ key: String) -> Text {
        Text("\(key) has a PIN already", "\(key) には既に PIN が設定されています")
    }

    static let pinIsSetHint = Text(
        "`fidoctl pin change` changes it; one that was forgotten goes only by a reset",
        "`fidoctl pin change` で変更できます。忘れた場合はリセットするしかありません"
    )

    static func pinIsNotSet(_ key: String) -> Text {
        Text("\(key) has no PIN yet", "\(key) には PIN がまだ設定されていません")
    }

    static let pinIsNotSetHint = Text("`fidoctl pin set` gives it one", "`fidoctl pin set` で設定できます")

    static func pinSet(_ key: String) -> Text {
        Text("\(key) has a PIN now.", "\(key) に PIN を設定しました。")
    }

    static let afterPINSet = Text(
        "From now on it is asked for to register, where a site wants to know who you are, and to manage the key. It cannot be read back or recovered.",
        "今後は、登録のとき、サイトが本人確認を求めるとき、キーの管理のときにこの PIN が必要です。PIN を読み出したり復元したりはできません。"
    )

    static func pinChanged(_ key: String) -> Text {
        Text("\(key) has its new PIN.", "\(key) の PIN を変更しました。")
    }

    static let afterPINChanged = Text(
        "The old one is good for nothing any more. Credentials on the key stay as they are.",
        "古い PIN は使えなくなりました。キーの資格情報はそのままです。"
    )
}
