/// What getInfo's options mean (CTAP 2.3 §6.4).
extension Text {
    static let options = Text("options", "オプション")

    /// `nil` for an option that fidoctl does not know.
    static func option(_ identifier: String) -> Text? {
        switch identifier {
        case "plat": Text("part of this machine", "本体に内蔵")
        case "rk": Text("keeps discoverable credentials", "検出可能な資格情報を保存できる")
        case "clientPin": Text("a PIN is set", "PIN 設定済み")
        case "up": Text("can wait for a touch", "タッチを検出できる")
        case "uv": Text("built-in verification is set up", "内蔵の本人確認が設定済み")
        case "pinUvAuthToken": Text("tokens with permissions", "権限つきトークン")
        case "noMcGaPermissionsWithClientPin":
            Text("a PIN is no proof for registering or logging in", "PIN は登録・ログインの本人確認に使えない")
        case "largeBlobs": Text("stores large blobs", "large blob を保存できる")
        case "ep": Text("enterprise attestation is on", "エンタープライズ構成証明が有効")
        case "bioEnroll", "userVerificationMgmtPreview": Text("a fingerprint is enrolled", "指紋登録済み")
        case "uvBioEnroll": Text("built-in verification allows enrolment", "内蔵の本人確認で指紋を登録できる")
        case "authnrCfg": Text("can be configured", "設定を変更できる")
        case "uvAcfg": Text("built-in verification allows configuration", "内蔵の本人確認で設定を変更できる")
        case "credMgmt", "credentialMgmtPreview": Text("lists and deletes credentials", "資格情報を一覧・削除できる")
        case "perCredMgmtRO": Text("lists credentials with a lasting token", "永続トークンで一覧できる")
        case "setMinPINLength": Text("the least PIN length can be raised", "PIN の最小長を変更できる")
        case "makeCredUvNotRqd": Text("registers without verification", "本人確認なしで登録できる")
        case "alwaysUv": Text("always demands verification", "常に本人確認を求める")
        default: nil
        }
    }
}
