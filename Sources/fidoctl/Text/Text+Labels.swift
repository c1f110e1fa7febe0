import Interaction

/// Labels of a key's rows in `fidoctl info` and `fidoctl pin status`.
extension Text {
    static let ctaphidVersion = Text("CTAPHID version", "CTAPHID バージョン")
    static let deviceVersion = Text("device version", "デバイスのバージョン")
    static let capabilities = Text("capabilities", "機能")
    static let protocolVersions = Text("protocol versions", "プロトコル")
    static let extensions = Text("extensions", "拡張")
    static let algorithms = Text("algorithms", "アルゴリズム")
    static let transports = Text("transports", "接続方式")
    static let attestationFormats = Text("attestation formats", "構成証明の形式")
    static let firmwareVersion = Text("firmware version", "ファームウェア")
    static let certifications = Text("certifications", "認定")
    static let longestRequest = Text("longest request", "要求の最大長")
    static let credentialsInAList = Text("credentials in a list", "リスト内の資格情報数の上限")
    static let longestCredentialID = Text("longest credential ID", "資格情報 ID の最大長")
    static let roomForDiscoverableCredentials = Text("room for discoverable credentials", "検出可能な資格情報の残り")
    static let roomForLargeBlobs = Text("room for large blobs", "large blob の容量")
    static let longestCredBlob = Text("longest credBlob", "credBlob の最大長")
    static let pinProtocols = Text("PIN protocols", "PIN プロトコル")
    static let pinLength = Text("PIN length", "PIN の長さ")
    static let pinMustBeChanged = Text("PIN must be changed", "PIN の変更が必要")
    static let pinPolicy = Text("PIN policy", "PIN の規則")
    static let pinPolicyExplainedAt = Text("PIN policy explained at", "PIN の規則の説明")
    static let triesOfBuiltInVerification = Text("tries of built-in verification", "内蔵のユーザー確認の試行回数")
    static let verificationsSinceTheLastPIN = Text("verifications since the last PIN", "最後の PIN 以降のユーザー確認回数")
    static let verifiesBy = Text("verifies by", "ユーザー確認の方法")
    static let resetNeedsALongTouch = Text("reset needs a long touch", "リセットに長押しが必要")
    static let resetPossibleOver = Text("reset possible over", "リセットできる接続方式")
    static let rpIDsThatLearnThePINLength = Text("RP IDs that learn the PIN length", "PIN 長を知れる RP ID の数")
    static let configurationCommands = Text("configuration commands", "設定コマンド")
    static let vendorConfigurationCommands = Text("vendor's configuration commands", "製造元の設定コマンド")
    static let encryptedIdentifier = Text("encrypted identifier", "暗号化された識別子")
    static let encryptedStoreState = Text("encrypted store state", "暗号化された保存状態")
    static let triesLeft = Text("tries left", "残りの試行回数")
    static let builtInVerification = Text("built-in verification", "内蔵のユーザー確認")
    static let itsTriesLeft = Text("its tries left", "その残りの試行回数")

    static func unknownMember(_ number: some CustomStringConvertible) -> Text {
        Text("unknown member \(number)", "不明な項目 \(number)")
    }
}
