package import CTAP2

/// The meaning of a key's status, for people; the specification's name and number follow as a detail.
extension Text {
    /// Why the key named `key` refused a request for `site`, both escaped.
    package static func refusal(_ status: StatusCode, by key: String, site: String? = nil) -> Text {
        switch status {
        case .noCredentials, .invalidCredential:
            guard let site else { return Text("\(key) has no matching credential", "\(key, "に")該当する資格情報がありません") }
            return Text("\(key) has no credential for \(site)", "\(key, "には") \(site, "の")資格情報がありません")
        case .credentialExcluded:
            guard let site else { return Text("\(key) is already registered", "\(key, "は")登録済みです") }
            return Text("\(key) is already registered at \(site)", "\(key, "は") \(site, "に")登録済みです")
        case .operationDenied: return Text("\(key) or its user declined", "\(key, "が")拒否したか、ユーザーが取りやめました")
        case .notAllowed: return Text("\(key) does not allow this now", "\(key, "は")今はこの操作を許可していません")
        case .userActionTimeout, .actionTimeout:
            return Text("\(key) was not touched in time", "\(key, "への")操作が時間内にありませんでした")
        case .pinUVAuthTokenRequired: return Text("\(key) needs its PIN", "\(key, "には") PIN などによるユーザー確認が必要です")
        case .pinInvalid: return .wrongPIN(key)
        case .pinAuthInvalid, .pinTokenExpired:
            return Text("\(key) rejected the proof of user verification", "\(key, "が")ユーザー確認の証明を受け付けませんでした")
        case .pinBlocked: return Text("the PIN of \(key) is blocked", "\(key) の PIN がロックされています")
        case .pinAuthBlocked:
            return Text("\(key) accepts no PIN until it is replugged", "\(key, "は")挿し直すまで PIN を受け付けません")
        case .pinNotSet: return Text("\(key) has no PIN", "\(key, "には") PIN がまだ設定されていません")
        case .pinPolicyViolation: return .refusedByPolicy(key)
        case .userVerificationInvalid: return Text("\(key) did not recognize you", "\(key, "で")ユーザー確認ができませんでした")
        case .userVerificationBlocked:
            return Text("the built-in verification of \(key) is blocked", "\(key) の内蔵のユーザー確認がロックされています")
        case .unsupportedAlgorithm:
            return Text("\(key) supports none of these algorithms", "\(key, "は")指定のアルゴリズムに対応していません")
        case .unsupportedOption, .invalidOption:
            return Text("\(key) does not support a requested option", "\(key, "は")指定のオプションに対応していません")
        case .invalidCommand, .invalidSubcommand:
            return Text("\(key) does not support this command", "\(key, "は")このコマンドに対応していません")
        case .keyStoreFull: return Text("\(key) has no room for another credential", "\(key, "に")資格情報の空きがありません")
        case .fingerprintDatabaseFull:
            return Text("\(key) has no room for another fingerprint", "\(key, "に")指紋の空きがありません")
        case .largeBlobStorageFull: return Text("\(key) has no room for this blob", "\(key, "に")この blob の空きがありません")
        case .limitExceeded, .requestTooLarge:
            return Text("the request exceeds a limit of \(key)", "要求が \(key) の上限を超えています")
        case .channelBusy: return .busy(key)
        default: return failed(status, key)
        }
    }

    /// The key does not support a command.
    package static func notSupported(_ command: CTAPCommand, by key: String) -> Text {
        switch command {
        case .credentialManagementPreview: Text("\(key) cannot rename credentials", "\(key, "は")資格情報の名前を変更できません")
        case .credentialManagement:
            Text("\(key) cannot list or delete its credentials", "\(key, "は")資格情報の一覧や削除に対応していません")
        case .bioEnrollment, .bioEnrollmentPreview:
            Text("\(key) has no fingerprint sensor", "\(key, "には")指紋センサーがありません")
        case .largeBlobs: Text("\(key) does not store large blobs", "\(key, "は") large blob の保存に対応していません")
        default: Text("\(key) has no such setting", "\(key, "には")この設定がありません")
        }
    }

    /// The status and its command, by the specification's names.
    package static func detail(_ status: StatusCode, of command: CTAPCommand) -> Text {
        let number = "0x" + String(status.rawValue, radix: 16)
        return Text(
            "\(command) returned \(status.name) (\(number))",
            "\(command) の応答: \(status.name) (\(number))"
        )
    }

    /// What to do about a status in response to `command`.
    package static func hint(for status: StatusCode, of command: CTAPCommand) -> Text? {
        switch status {
        case .noCredentials, .invalidCredential:
            Text(
                "use the key that you registered there; without --allow only discoverable credentials (passkeys) are found",
                "そのサイトに登録したキーを使ってください。--allow がないと、検出可能な資格情報 (パスキー) しか見つかりません"
            )
        case .pinUVAuthTokenRequired: .pinNeededHint
        case .pinNotSet: .setPINHint
        case .pinBlocked: .pinBlockedHint
        case .pinAuthBlocked: .pinAuthBlockedHint
        case .userVerificationBlocked: .uvBlockedHint
        case .credentialExcluded:
            Text("use another key, or log in with this one", "別のキーを使うか、このキーでログインしてください")
        case .keyStoreFull:
            Text(
                "delete a credential from the key first, with `fidoctl credentials delete`",
                "先に `fidoctl credentials delete` でキーから資格情報を削除してください"
            )
        case .fingerprintDatabaseFull: Text("delete a fingerprint first", "先に指紋を削除してください")
        case .largeBlobStorageFull:
            Text("`fidoctl blobs clean` removes orphans", "`fidoctl blobs clean` で孤立した blob を削除できます")
        case .userActionTimeout, .actionTimeout: .timedOutHint
        case .unsupportedAlgorithm:
            Text("`fidoctl info` lists the key's algorithms", "`fidoctl info` でキーの対応アルゴリズムを確認できます")
        case .unsupportedOption, .invalidOption, .invalidCommand:
            // `fidoctl info` would fail in the same way.
            command == .getInfo ? .brokenKeyHint : .infoHint
        case .channelBusy: .inUseHint
        case .notAllowed where command == .credentialManagement || command == .credentialManagementPreview:
            Text(
                "another program may have used the key meanwhile: try again",
                "途中でほかのプログラムがキーを使った可能性があります。もう一度実行してください"
            )
        case .notAllowed where command == .reset: .resetTooLateHint
        default: FailureCode(status) == .protocol ? .brokenKeyHint : nil
        }
    }

    private static func failed(_ status: StatusCode, _ key: String) -> Text {
        let sentence = status.explanation.dropLast(status.explanation.hasSuffix(".") ? 1 : 0)
        let reason = sentence.prefix(1).lowercased() + sentence.dropFirst()
        return Text("\(key) refused the request", "\(key, "が")要求を処理できませんでした") + Text(": \(reason)", "")
    }
}
