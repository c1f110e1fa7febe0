import Glibc
package import Platform

extension Text {
    /// Why a system call failed: the system's own text, in Japanese where it is a usual one.
    package static func reason(_ error: Errno) -> Text {
        Text(error.description, systemReasons[error.code] ?? error.description)
    }

    private static let systemReasons: [Int32: String] = [
        EPERM: "操作が許可されていません", ENOENT: "ファイルがありません", EIO: "入出力エラー", EBADF: "ファイル記述子が正しくありません",
        EACCES: "アクセス権がありません", EBUSY: "使用中です", EEXIST: "すでにあります", ENODEV: "デバイスがありません",
        ENOTDIR: "フォルダーではありません", EISDIR: "フォルダーです", ENFILE: "開いているファイルが多すぎます (システム全体)",
        EMFILE: "開いているファイルが多すぎます", EFBIG: "ファイルが大きすぎます", ENOSPC: "空き容量がありません",
        EROFS: "読み取り専用です", EPIPE: "読み手がいません", ELOOP: "シンボリックリンクをたどれません", ENXIO: "デバイスがありません",
        ENAMETOOLONG: "ファイル名が長すぎます", ETIMEDOUT: "時間切れ", ECONNREFUSED: "接続を拒否されました",
    ]
}
