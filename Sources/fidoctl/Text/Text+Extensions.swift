import Interaction
import WebAuthn

/// Extensions of registrations and logins. Names of keys are escaped.
extension Text {
    static func extensionInput(_ error: ExtensionInputError) -> Text {
        let identifier = TerminalText.escape(error.identifier)
        let reason = TerminalText.escape(error.reason)
        let exception = error.exception.rawValue
        return Text(
            "the input of the extension \(identifier) is invalid: \(reason) (\(exception))",
            "拡張 \(identifier) の入力が正しくありません: \(reason) (\(exception))"
        )
    }

    static func missingExtension(_ identifier: String, _ key: String) -> Text {
        Text(
            "\(key) does not support \(identifier), which is required here",
            "\(key, "は")ここで必要な \(identifier) に対応していません"
        )
    }

    static func notGranted(_ options: [String], _ key: String) -> Text {
        let list = options.joined(separator: ", ")
        return Text(
            "\(key) made the credential without what these options ask for: \(list)",
            "\(key, "で")作られた資格情報では、次のオプションの機能を使えません: \(list)"
        )
    }

    static func noSecret(_ key: String) -> Text {
        Text("\(key) returned no secret for this credential", "\(key, "は")この資格情報の秘密を返しませんでした")
    }

    static let noSecretHint = Text(
        "only a credential that was made with --prf or --hmac-secret has one, on a key with hmac-secret",
        "hmac-secret に対応したキーで --prf か --hmac-secret を付けて登録した資格情報にだけ秘密があります"
    )

    static let credentialBlob = Text("credential's bytes", "資格情報のデータ")
}
