/// `fidoctl blobs`. Names of keys, sites and accounts come in escaped.
extension Text {
    static let blobs = Text("blobs", "blob の数")
    static let blobRoom = Text("room", "容量")

    static func used(_ used: Int, of capacity: Int) -> Text {
        Text("\(used) of \(capacity) bytes used", "\(capacity) バイト中 \(used) バイト使用")
    }

    static func stored(_ size: Int) -> Text { Text("takes \(size)", "使用 \(size)") }

    static let orphan = Text(
        "orphan: no credential on this key decrypts it",
        "孤立: このキーのどの資格情報でも復号できません"
    )
    static let foreign = Text("foreign: not in the form that CTAP defines", "不明な形式: CTAP の定める形式ではありません")
    static let blobsAreDamaged = Text(
        "what the key holds is damaged, and counts as empty",
        "キーの内容が壊れているため、空として扱われます"
    )

    static func noSuchCredential(_ name: String, _ key: String) -> Text {
        Text("\(key) has no discoverable credential \(name)", "\(key, "に")該当する検出可能な資格情報がありません: \(name)")
    }

    static func noBlob(_ name: String, _ key: String) -> Text {
        Text("\(key) holds no blob for \(name)", "\(key, "に") \(name, "の") blob がありません")
    }
    static let blobsHint = Text("`fidoctl blobs list` shows all", "`fidoctl blobs list` で一覧を表示できます")

    static func severalCredentials(_ name: String, _ key: String) -> Text {
        Text("\(name) fits several credentials on \(key)", "\(key, "に") \(name, "に")当てはまる資格情報が複数あります")
    }

    static func chooseCredential(_ labels: [String]) -> Text {
        let list = labels.joined(separator: ", ")
        return Text("choose one with --credential: \(list)", "--credential で 1 つ選んでください: \(list)")
    }

    static func noLargeBlobKey(_ account: String) -> Text {
        Text(
            "the credential (\(account)) was made without a large-blob key and can have no blob",
            "この資格情報 (\(account)) は largeBlobKey なしで作られたため、blob を保存できません"
        )
    }

    static let blobIsBinary = Text(
        "the blob is not text, and standard output is a terminal",
        "blob はテキストではないため、端末には表示できません"
    )
    static let blobIsBinaryHint = Text(
        "use --output FILE, --json, or a pipe",
        "--output FILE、--json、またはパイプを使ってください"
    )

    static func fileInTheWay(_ path: String) -> Text {
        Text("\(path) exists already, and is left alone", "\(path, "が")すでにあるため、書き込みません")
    }
    static let fileInTheWayHint = Text("choose another name, or remove the file", "別の名前にするか、ファイルを削除してください")

    static func blobTooLarge(_ path: String, maximum: Int) -> Text {
        Text(
            "\(path) has more than \(maximum) bytes, which no key has room for",
            "\(path, "は") \(maximum) バイトを超えており、どのキーにも保存できません"
        )
    }

    static func blobStored(_ size: Int, _ account: String, _ key: String) -> Text {
        Text(
            "Stored \(size) bytes for \(account) on \(key).",
            "\(key, "に") \(account, "の") blob (\(size) バイト) を保存しました。"
        )
    }

    static func blobSaved(_ size: Int, _ account: String, file: String) -> Text {
        Text(
            "Wrote \(size) bytes of \(account) to \(file).",
            "\(account, "の") blob (\(size) バイト) を \(file, "に")書き込みました。"
        )
    }

    static func blobDeleted(_ account: String, _ key: String) -> Text {
        Text("Deleted the blob of \(account) from \(key).", "\(key, "から") \(account, "の") blob を削除しました。")
    }

    static func blobsCleaned(_ count: Int, _ key: String) -> Text {
        Text("Removed \(count) orphans from \(key).", "\(key, "から")孤立した blob を \(count) 個削除しました。")
    }

    static func nothingToClean(_ key: String) -> Text {
        Text("\(key) holds no orphans; nothing was changed.", "\(key, "に")孤立した blob はありません。何も変更していません。")
    }
}

// MARK: - Before something is lost

extension Text {
    static func deletesBlob(_ size: UInt64, _ account: String, _ key: String, device: String) -> Text {
        Text(
            "this deletes from \(key) (\(device)) the \(size) bytes of \(account)",
            "\(key) (\(device)) から \(account, "の") blob (\(size) バイト) を削除します"
        )
    }

    static func replacesBlob(_ size: UInt64, _ account: String, _ key: String, device: String) -> Text {
        Text(
            "this replaces on \(key) (\(device)) the \(size) bytes of \(account)",
            "\(key) (\(device)) の \(account, "の") blob (\(size) バイト) を置き換えます"
        )
    }
    static let typeYesToReplace = Text("Type yes to replace:", "置き換えるには yes と入力してください:")

    static func removesOrphans(_ count: Int, _ key: String, device: String) -> Text {
        Text(
            "this removes \(count) orphans from \(key) (\(device)):",
            "\(key) (\(device)) から孤立した blob を \(count) 個削除します:"
        )
    }

    static func replacesDamaged(_ key: String, device: String) -> Text {
        Text(
            "what \(key) (\(device)) holds is damaged and cannot be read; this puts new contents in its place",
            "\(key) (\(device)) の内容は壊れていて読めません。新しい内容で置き換えます"
        )
    }

    static let blobsInDoubt = Text(
        "the key keeps the old blobs until the new ones have arrived whole; `fidoctl blobs list` shows which it has",
        "新しい内容がすべて届くまで、キーは元の内容を保ちます。`fidoctl blobs list` で確認してください"
    )
}
