import Interaction

/// `fidoctl signal`. Names of keys, sites and accounts are escaped.
extension Text {
    static func nothingStale(_ key: String, site: String) -> Text {
        Text("Nothing to change for \(site) on \(key).", "\(key, "には") \(site, "の")変更すべき資格情報がありません。")
    }

    static func stillStale(_ key: String) -> Text {
        Text(
            "\(key) reports success, but its credentials are as they were",
            "\(key, "は")成功したと応答しましたが、変更が反映されていません"
        )
    }

    static let typeYesToDeleteAll = Text("Type yes to delete them:", "削除するには yes と入力してください:")
    static let typeYesToRenameAll = Text("Type yes to rename them:", "名前を変更するには yes と入力してください:")
}
