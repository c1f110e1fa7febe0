import Interaction
import WebAuthn

/// Labels and lines of results.
extension Text {
    static func serial(_ number: String) -> Text {
        Text("serial \(number)", "シリアル番号 \(number)")
    }
}

// MARK: - Registrations and logins

extension Text {
    static func registered(_ user: String, rpId: String, key: String) -> Text {
        Text("Registered \(user) at \(rpId) with \(key).", "\(key, "で") \(rpId, "に") \(user, "を")登録しました。")
    }

    static func loggedIn(_ user: String?, rpId: String, key: String) -> Text {
        Text(
            "Logged in to \(rpId)\(user.map { " as \($0)" } ?? "") with \(key).",
            "\(key, "で") \(rpId, "に")\(user.map { " \($0, "として")" } ?? "")ログインしました。"
        )
    }

    static func signed(_ user: String?, rpId: String, key: String) -> Text {
        Text(
            "\(key) signed a login to \(rpId)\(user.map { " as \($0)" } ?? "").",
            "\(key, "が") \(rpId, "への")\(user.map { " \($0, "としての")" } ?? "")ログインに署名しました。"
        )
    }

    static let credentialID = Text("credential ID", "資格情報 ID")
    static let userID = Text("user ID", "ユーザー ID")
    static let algorithm = Text("algorithm", "アルゴリズム")
    static let userVerified = Text("user verified", "ユーザー確認")
    static let signCount = Text("signature counter", "署名カウンター")
    static let model = Text("key's model (AAGUID)", "キーの機種 (AAGUID)")
    static let attestation = Text("attestation", "構成証明")
    static let signature = Text("signature", "署名")
    static let holds = Text("valid", "有効")
    static let notChecked = Text("not verified (use --credential FILE)", "未検証 (検証するには --credential FILE を指定)")

    static func yesOrNo(_ value: Bool) -> Text {
        value ? Text("yes", "はい") : Text("no", "いいえ")
    }

    static let keepJSON = Text(
        "To log in with it later, register with --json and pass the output to `fidoctl assert --credential`.",
        "後でログインするには、--json つきで登録し、その出力を `fidoctl assert --credential` に渡してください。"
    )

    static func noAttestation(_ key: String) -> Text {
        Text(
            "\(key) returned no attestation statement, which fido2-cred needs to read a credential",
            "\(key, "が")構成証明を作らなかったため、fido2-cred で読める形式では出力できません"
        )
    }
}

// MARK: - Stored responses

extension Text {
    static func goodRegistration(_ rpId: String) -> Text {
        Text("Valid registration at \(rpId).", "有効な応答です: \(rpId, "への")登録")
    }

    static func goodLogin(_ rpId: String) -> Text {
        Text("Valid login to \(rpId).", "有効な応答です: \(rpId, "への")ログイン")
    }

    static let standardInput = Text("standard input", "標準入力")

    static func badFile(_ path: String, _ detail: Text) -> Text {
        Text("\(path) is not valid: ", "\(path, "の")内容が正しくありません: ") + detail
    }

    static let rpIdUnknown = Text(
        "the file does not say which relying party it is for",
        "どの RP ID のものかファイルから分かりません"
    )

    static let rpIdUnknownHint = Text("use --rp-id", "--rp-id を指定してください")

    static func severalRPIDs(_ rpIds: [String]) -> Text {
        let list = rpIds.map(TerminalText.escape).joined(separator: ", ")
        return Text("the credentials are for several relying parties: \(list)", "資格情報の RP ID が複数あります: \(list)")
    }

    static let credentialNeeded = Text(
        "a login is verified with its credential; use --credential FILE or --public-key FILE",
        "ログインの検証には資格情報が必要です。--credential FILE か --public-key FILE を指定してください"
    )

    static let credentialForRegistration = Text(
        "a registration is verified without --credential and --public-key",
        "登録の検証に --credential や --public-key は不要です"
    )

    static func badPublicKey(_ path: String, _ error: StoredPublicKeyError) -> Text {
        let reason: Text =
            switch error {
            case .malformed:
                Text("neither a COSE key nor a public key in DER or PEM", "COSE の鍵でも、DER や PEM の公開鍵でもありません")
            case .cose(let error): error.explanation
            case .key(let error): .notVerified(.publicKey(error))
            }
        return Text("\(path) cannot be used: ", "\(path, "を")使えません: ") + reason
    }

    static let badPublicKeyHint = Text(
        "pass the credential's public key as the server stored it; a PEM or DER key of another algorithm needs --algorithm",
        "サーバーに保存した資格情報の公開鍵を渡してください。PEM や DER の鍵では --algorithm が必要な場合があります"
    )
}

// MARK: - Single keys

extension Text {
    static func winked(_ key: String) -> Text {
        Text("\(key) is blinking.", "\(key, "が")点滅しています。")
    }

    static func pinged(_ count: Int, size: Int) -> Text {
        Text("\(count) messages of \(size) bytes", "\(size) バイト × \(count) 回")
    }

    static func milliseconds(min: Double, median: Double, max: Double) -> Text {
        Text(
            ": min \(min) ms, median \(median) ms, max \(max) ms",
            ": 最小 \(min) ms、中央値 \(median) ms、最大 \(max) ms"
        )
    }
}
