import Interaction

/// `fidoctl credentials`. Names of keys, sites and accounts are escaped.
extension Text {
    static func credentialCount(_ count: Int, remaining: Int) -> Text {
        Text(
            (count == 1 ? "1 credential" : "\(count) credentials") + ", room for \(remaining) more",
            "資格情報 \(count) 個、空き \(remaining) 個"
        )
    }

    static func credential(account: String, site: String, id: String) -> Text {
        Text("\(account) at \(site) (ID \(id))", "\(site) の \(account) (ID \(id))")
    }

    static func unknownSite(_ hash: String) -> Text {
        Text("unknown site (hash \(hash))", "不明なサイト (ハッシュ \(hash))")
    }

    static let credProtect2 = Text("requires user verification or its ID", "ユーザー確認か ID が必要")
    static let credProtect3 = Text("requires user verification", "ユーザー確認が必要")
    static let largeBlobPossible = Text(verbatim: "large blob")
    static let thirdPartyPayment = Text("payments on other sites", "他サイトでの支払い")
    static let onlyOnThisKey = Text("only on this key", "このキーのみ")

    static func notListed(_ key: String, _ device: String, _ reason: Text) -> Text {
        Text("\(key)  \(device)  not listed: \(reason.english)", "\(key)  \(device)  一覧なし: \(reason.japanese)")
    }

    static func holder(_ key: String, _ device: String, credential id: String?) -> Text {
        id.map { Text("\(key)  \(device)  holds \($0)", "\(key)  \(device)  保有: \($0)") }
            ?? Text("\(key)  \(device)  has none of them", "\(key)  \(device)  該当なし")
    }

    static func notAsked(_ key: String, _ device: String, _ reason: Text) -> Text {
        Text("\(key)  \(device)  not known: \(reason.english)", "\(key)  \(device)  不明: \(reason.japanese)")
    }

    static func noHolder(_ site: String) -> Text {
        Text(
            "none of the plugged-in keys has a credential for \(site) that it shows without a PIN",
            "接続中のキーには、PIN なしで確認できる \(site, "の")資格情報がありません"
        )
    }

    static let credentialsListHint = Text(
        "`fidoctl credentials list` shows what is on the key",
        "`fidoctl credentials list` でキーの資格情報を確認できます"
    )

    static func noSuchCredential(_ key: String) -> Text {
        Text("no credential on \(key) matches", "\(key, "に")該当する資格情報がありません")
    }

    static func severalCredentials(_ count: Int, key: String) -> Text {
        Text("\(count) credentials on \(key) match", "\(key) の \(count) 個の資格情報が該当します")
    }

    static func candidates(_ labels: [String]) -> Text {
        let list = labels.joined(separator: "; ")
        return Text(
            "specify more of the ID, or --rp-id and --user: \(list)",
            "ID をもっと長く、または --rp-id と --user を指定してください: \(list)"
        )
    }
}

// MARK: - Deleting and renaming

extension Text {
    static func deletes(_ credential: String, key: String, device: String) -> Text {
        Text(
            "this permanently deletes from \(key) (\(device)): \(credential)",
            "\(key) (\(device)) から次の資格情報を完全に削除します: \(credential)"
        )
    }

    static func noLoginAfterwards(site: String) -> Text {
        Text(
            "you will not be able to log in to \(site) with it; the site is not notified",
            "この資格情報で \(site, "に")ログインできなくなります。サイトには通知されません"
        )
    }

    static func deleted(_ credential: String, key: String) -> Text {
        Text("Deleted from \(key): \(credential).", "\(key, "から")削除しました: \(credential)。")
    }

    static func stillListed(_ key: String) -> Text {
        Text(
            "\(key) reported success but still lists the old credential",
            "\(key, "は")成功と応答しましたが、元の資格情報がまだ残っています"
        )
    }

    static func renames(_ old: String, to new: String, key: String, device: String) -> Text {
        Text(
            "this renames on \(key) (\(device)): \(old); new name: \(new)",
            "\(key) (\(device)) の次の資格情報の名前を変更します: \(old)、新しい名前は \(new)"
        )
    }

    static let typeYesToRename = Text("Type yes to rename it:", "変更するには yes と入力してください:")

    static func renamed(_ credential: String, key: String) -> Text {
        Text("Renamed on \(key): \(credential).", "\(key) で名前を変更しました: \(credential)。")
    }

    static func keptOtherName(_ key: String) -> Text {
        Text("\(key) did not store the name in full", "\(key, "は")名前の全体を保存しませんでした")
    }
}
