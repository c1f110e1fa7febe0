package import CTAP2

/// Keys that have only U2F. Names of keys are escaped.
extension Text {
    package static func noCTAP2(_ key: String) -> Text {
        Text(
            "\(key) is a U2F key, which can only register and log in",
            "\(key, "は") U2F 専用のキーで、登録とログインしかできません"
        )
    }

    static let noCTAP2Hint = Text(
        "PINs, fingerprints and lists of what is on the key require a FIDO2 key",
        "PIN、指紋、キー内の一覧などには FIDO2 対応のキーが必要です"
    )

    package static func noKnownProtocol(_ key: String) -> Text {
        Text("\(key) supports neither CTAP2 nor U2F", "\(key, "は") CTAP2 にも U2F にも対応していません")
    }

    package static func beyondU2F(_ limit: U2FLimit, key: String) -> Text {
        switch limit {
        case .algorithm:
            Text(
                "\(key) is a U2F key, which makes credentials with ES256 only",
                "\(key, "は") U2F 専用のキーで、ES256 の資格情報しか作れません"
            )
        case .discoverableCredential:
            Text(
                "\(key) is a U2F key, which cannot store discoverable credentials (passkeys)",
                "\(key, "は") U2F 専用のキーで、検出可能な資格情報 (パスキー) を保存できません"
            )
        case .userVerification:
            Text(
                "\(key) is a U2F key, which cannot verify its user",
                "\(key, "は") U2F 専用のキーで、ユーザー確認ができません"
            )
        case .enterpriseAttestation:
            Text(
                "\(key) is a U2F key, which has no enterprise attestation",
                "\(key, "は") U2F 専用のキーで、エンタープライズ構成証明に対応していません"
            )
        case .anyCredential:
            Text(
                "\(key) is a U2F key, which logs in only with a credential that the site names",
                "\(key, "は") U2F 専用のキーで、サイトが指定した資格情報でしかログインできません"
            )
        }
    }

    static let anyCredentialHint = Text(
        "name the credential with --allow or --credential",
        "--allow または --credential で資格情報を指定してください"
    )

    static func u2fRefusal(_ key: String, _ command: String, _ status: String) -> Text {
        Text(
            "\(key) refused \(command) in U2F with \(status)",
            "\(key, "が") U2F での \(command, "を") \(status, "で")拒否しました"
        )
    }

    /// The first line of `fidoctl info`.
    package static let isU2FKey = Text(
        "a U2F key: registers and logs in, without a PIN or discoverable credentials",
        "U2F 専用のキー: PIN や検出可能な資格情報はなく、登録とログインのみ"
    )
}
