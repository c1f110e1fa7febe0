import Interaction

/// `fidoctl blobs`. Names of keys and credentials are escaped.
extension Text {
    static let blobs = Text("blobs", "blob の数")
    static let blobRoom = Text("room", "容量")

    static func used(_ used: Int, of capacity: Int) -> Text {
        Text("\(used) of \(capacity) bytes used", "\(capacity) バイト中 \(used) バイト使用")
    }

    static func stored(_ size: Int) -> Text { Text("uses \(size)", "使用 \(size)") }

    static let orphan = Text(
        "orphan: no credential on this key decrypts it",
        "孤立: このキーのどの資格情報でも復号できません"
    )
    static let foreign = Text("foreign: not in the format of CTAP", "不明な形式: CTAP の形式ではありません")
    static let blobsAreDamaged = Text(
        "the blobs on the key are damaged and count as empty",
        "キーの blob が壊れているため、空として扱われます"
    )

    static func noBlob(_ key: String) -> Text {
        Text("no blob on \(key) matches", "\(key, "に")該当する blob がありません")
    }
    static let blobsHint = Text("`fidoctl blobs list` shows all blobs", "`fidoctl blobs list` で一覧を表示できます")

    static func noLargeBlobKey(_ credential: String) -> Text {
        Text(
            "no blob can be stored for this credential, which was created without a large-blob key: \(credential)",
            "largeBlobKey なしで作られたため、blob を保存できません: \(credential)"
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
        Text("\(path) already exists", "\(path, "が")すでにあります")
    }
    static let fileInTheWayHint = Text("choose another name, or remove the file", "別の名前にするか、ファイルを削除してください")

    static func blobTooLarge(_ path: String, maximum: Int) -> Text {
        Text(
            "\(path) is larger than \(maximum) bytes, more than any key can store",
            "\(path, "は") \(maximum) バイトを超えており、どのキーにも保存できません"
        )
    }

    static func blobStored(_ size: Int, _ credential: String, _ key: String) -> Text {
        Text(
            "Stored \(size) bytes for \(credential) on \(key).",
            "\(key, "に") \(credential, "の") blob (\(size) バイト) を保存しました。"
        )
    }

    static func blobSaved(_ size: Int, _ credential: String, file: String) -> Text {
        Text(
            "Wrote the blob of \(credential) (\(size) bytes) to \(file).",
            "\(credential, "の") blob (\(size) バイト) を \(file, "に")書き込みました。"
        )
    }

    static func blobDeleted(_ credential: String, _ key: String) -> Text {
        Text("Deleted the blob of \(credential) from \(key).", "\(key, "から") \(credential, "の") blob を削除しました。")
    }

    private static func orphans(_ count: Int) -> String { count == 1 ? "1 orphan" : "\(count) orphans" }

    static func blobsCleaned(_ count: Int, _ key: String) -> Text {
        Text("Removed \(orphans(count)) from \(key).", "\(key, "から")孤立した blob を \(count) 個削除しました。")
    }

    static func damagedReplaced(_ key: String) -> Text {
        Text("Cleared the damaged blobs on \(key).", "\(key, "の")壊れた blob を消去しました。")
    }

    static func nothingToClean(_ key: String) -> Text {
        Text("\(key) has no orphans; nothing was changed.", "\(key, "に")孤立した blob はありません。何も変更していません。")
    }
}

// MARK: - Before something is lost

extension Text {
    static func deletesBlob(_ size: UInt64, _ credential: String, _ key: String, device: String) -> Text {
        Text(
            "this deletes from \(key) (\(device)) the blob of \(credential), \(size) bytes",
            "\(key) (\(device)) から \(credential, "の") blob (\(size) バイト) を削除します"
        )
    }

    static func replacesBlob(_ size: UInt64, _ credential: String, _ key: String, device: String) -> Text {
        Text(
            "this replaces on \(key) (\(device)) the blob of \(credential), \(size) bytes",
            "\(key) (\(device)) の \(credential, "の") blob (\(size) バイト) を置き換えます"
        )
    }
    static let typeYesToReplace = Text("Type yes to replace:", "置き換えるには yes と入力してください:")

    static func removesOrphans(_ count: Int, _ key: String, device: String) -> Text {
        Text(
            "this removes \(orphans(count)) from \(key) (\(device)):",
            "\(key) (\(device)) から孤立した blob を \(count) 個削除します:"
        )
    }

    static func replacesDamaged(_ key: String, device: String) -> Text {
        Text(
            "the blobs on \(key) (\(device)) are damaged and cannot be read; this replaces them",
            "\(key) (\(device)) の blob は壊れていて読めません。新しい内容で置き換えます"
        )
    }

    static let blobsInDoubt = Text(
        "`fidoctl blobs list` shows whether the key has the old or the new blobs",
        "変更されたかどうかは `fidoctl blobs list` で確認できます"
    )
}
