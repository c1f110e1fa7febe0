import CTAP2
import WebAuthn

/// Why a registration or a login failed. Names of keys come in escaped.
extension Text {
    static let virtualKey = Text("the virtual key", "仮想キー")

    static func virtualKeyState(_ detail: String) -> Text {
        Text("the virtual key's state cannot be used: \(detail)", "仮想キーの状態を使えません: \(detail)")
    }

    static let virtualKeyStateHint = Text(
        "the file was left as it is; name another one after virtual:, which is made if it does not exist",
        "ファイルには手を加えていません。virtual: の後に別のファイル名を指定してください (なければ作られます)"
    )

    static func cannotServe(_ detail: String) -> Text {
        Text("the virtual key cannot be served: \(detail)", "仮想キーを提供できません: \(detail)")
    }

    static func keyRefused(_ key: String, status: StatusCode, command: CTAPCommand) -> Text {
        let code = "\(status.name), 0x\(String(status.rawValue, radix: 16))"
        let sentence = status.explanation.dropLast(status.explanation.hasSuffix(".") ? 1 : 0)
        let reason = sentence.prefix(1).lowercased() + sentence.dropFirst()
        return Text(
            "\(key) answered \(command) with \(code): \(reason)",
            "\(key) が \(command) に \(code) を返しました: \(status.japaneseExplanation)"
        )
    }

    static func hint(for status: StatusCode) -> Text? {
        switch status {
        case .noCredentials, .invalidCredential:
            Text(
                "use the key that was registered there; without --allow only discoverable credentials are found",
                "そのサイトに登録したキーを使ってください。--allow がないと、検出可能な資格情報しか見つかりません"
            )
        case .pinUVAuthTokenRequired: .pinNeededHint
        case .pinNotSet: .setPINHint
        case .pinBlocked: .pinBlockedHint
        case .pinAuthBlocked: .pinAuthBlockedHint
        case .userVerificationBlocked: .uvBlockedHint
        case .credentialExcluded:
            Text("use another key, or log in with this one", "別のキーを使うか、このキーでログインしてください")
        case .keyStoreFull:
            Text("delete a credential from the key first", "先にキーから資格情報を削除してください")
        case .userActionTimeout, .actionTimeout: .timedOutHint
        case .unsupportedAlgorithm:
            Text("`fidoctl info` lists the key's algorithms", "`fidoctl info` でキーの対応アルゴリズムを確認できます")
        case .unsupportedOption, .invalidOption, .invalidCommand:
            Text("`fidoctl info` lists what the key can do", "`fidoctl info` でキーの機能を確認できます")
        case .channelBusy: .inUseHint
        default: FailureCode(status) == .protocol ? .brokenKeyHint : nil
        }
    }

    static let brokenKeyHint = Text(
        "if it goes on, --trace FILE records what the key sends, for a report to its maker",
        "繰り返す場合は --trace FILE で通信を記録し、キーの製造元に報告してください"
    )

    static func noCTAP2(_ key: String) -> Text {
        Text("\(key) speaks U2F only, not CTAP2", "\(key) は U2F 専用で、CTAP2 に対応していません")
    }

    static func noPINUVAuthProtocol(_ key: String) -> Text {
        Text(
            "\(key) has no PIN protocol that fidoctl knows",
            "\(key) の PIN プロトコルに fidoctl は対応していません"
        )
    }

    static func pin(_ error: PINError) -> Text {
        switch error {
        case .empty: Text("the PIN is empty", "PIN が空です")
        case .notText: Text("the PIN is not text in UTF-8", "PIN が UTF-8 の文字列ではありません")
        case .containsNUL: Text("the PIN contains a zero byte", "PIN にゼロバイトが含まれています")
        case .tooShort(let codePoints, let minimum):
            Text(
                "the PIN has \(codePoints) characters; this key wants at least \(minimum)",
                "PIN は \(codePoints) 文字ですが、このキーでは \(minimum) 文字以上が必要です"
            )
        case .tooLong(let byteCount, let maximum):
            Text(
                "the PIN takes \(byteCount) bytes; this key takes at most \(maximum)",
                "PIN は \(byteCount) バイトですが、このキーでは \(maximum) バイトまでです"
            )
        }
    }

    static let noCTAP2Hint = Text(
        "fidoctl does not use U2F yet; take a FIDO2 key",
        "fidoctl はまだ U2F に対応していません。FIDO2 対応のキーを使ってください"
    )

    static func relyingPartyID(_ error: RelyingPartyIDError) -> Text {
        switch error {
        case .notADomain(let text):
            let id = TerminalText.escape(text)
            return Text("the RP ID \"\(id)\" is not a domain", "RP ID \"\(id)\" はドメイン名ではありません")
        case .notOfOrigin(let id, let origin):
            return Text("the origin \(origin) may not use the RP ID \(id)", "オリジン \(origin) は RP ID \(id) を使えません")
        }
    }

    static let relyingPartyIDHint = Text(
        "an RP ID is the origin's host, or a domain above it, in lower case; internationalized names in their xn-- form",
        "RP ID にはオリジンのホスト名かその親ドメインを小文字で、国際化ドメイン名は xn-- 形式で指定してください"
    )

    static func cannotVerifyUser(_ key: String) -> Text {
        Text(
            "\(key) cannot verify who its user is, which --user-verification required demands",
            "\(key) は --user-verification required が求める本人確認ができません"
        )
    }

    static let setPINHint = Text(
        "the key takes a PIN and has none yet: `fidoctl pin set` gives it one",
        "キーに PIN がまだ設定されていません。`fidoctl pin set` で設定できます"
    )
    static let enrollHint = Text("no fingerprint is enrolled on the key yet", "キーに指紋がまだ登録されていません")
    static let noVerificationHint = Text(
        "use another key, or --user-verification preferred",
        "別のキーを使うか、--user-verification preferred を指定してください"
    )
    static func noDiscoverableCredentials(_ key: String) -> Text {
        Text("\(key) keeps no discoverable credentials", "\(key) は検出可能な資格情報を保存できません")
    }

    static let notDiscoverableHint = Text(
        "use another key, or leave out --discoverable",
        "別のキーを使うか、--discoverable を外してください"
    )

    static let notVerifiedHint = Text(
        "do not trust this response; it was changed, or is not the answer to this request",
        "この応答を信用しないでください。改変されたか、この要求への応答ではありません"
    )
}
