import Interaction

/// What getInfo's options mean (CTAP 2.3 §6.4).
extension Text {
    static let options = Text("options", "オプション")

    /// The meaning of an option with this value; `nil` for an unknown option.
    ///
    /// `false` means "not yet" for some features and "never" for others.
    static func option(_ identifier: String, is value: Bool) -> Text? {
        switch identifier {
        case "clientPin": value ? Text("a PIN is set", "PIN 設定済み") : Text("no PIN is set", "PIN 未設定")
        case "uv":
            value
                ? Text("built-in verification is set up", "内蔵のユーザー確認が設定済み")
                : Text("built-in verification is not set up", "内蔵のユーザー確認は未設定")
        case "bioEnroll", "userVerificationMgmtPreview":
            value ? Text("a fingerprint is enrolled", "指紋登録済み") : Text("no fingerprint is enrolled", "指紋未登録")
        case "ep":
            value
                ? Text("enterprise attestation is on", "エンタープライズ構成証明が有効")
                : Text("enterprise attestation is off", "エンタープライズ構成証明が無効")
        case "alwaysUv":
            value
                ? Text("user verification is always required", "常にユーザー確認を求める")
                : Text("user verification is not always required", "常にはユーザー確認を求めない")
        default: feature(identifier)
        }
    }

    /// The feature that the key has or lacks, depending on the value.
    private static func feature(_ identifier: String) -> Text? {
        switch identifier {
        case "plat": Text("part of this machine", "本体に内蔵")
        case "rk": Text("discoverable credentials (passkeys)", "検出可能な資格情報 (パスキー)")
        case "up": Text("waiting for a touch", "タッチの検出")
        case "pinUvAuthToken": Text("tokens with permissions", "権限つきトークン")
        case "noMcGaPermissionsWithClientPin":
            Text("PIN not accepted for registering and logging in", "登録・ログインのユーザー確認に PIN を使えない")
        case "largeBlobs": Text("large blobs", "large blob の保存")
        case "uvBioEnroll": Text("enrolment after built-in verification", "内蔵のユーザー確認による指紋の登録")
        case "authnrCfg": Text("configuration", "設定の変更")
        case "uvAcfg": Text("configuration after built-in verification", "内蔵のユーザー確認による設定の変更")
        case "credMgmt", "credentialMgmtPreview": Text("credential management", "資格情報の管理")
        case "perCredMgmtRO": Text("listing credentials with a lasting token", "永続トークンによる一覧")
        case "setMinPINLength": Text("raising the minimum PIN length", "PIN の最小長の変更")
        case "makeCredUvNotRqd": Text("registering without user verification", "ユーザー確認なしの登録")
        default: nil
        }
    }
}
