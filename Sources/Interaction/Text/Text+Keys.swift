package import CTAP2
package import Platform

/// What a key cannot do, and files that cannot be used. Names of keys and files are escaped.
extension Text {
    package static let infoHint = Text(
        "`fidoctl info` lists what the key can do",
        "`fidoctl info` でキーの機能を確認できます"
    )

    package static let brokenKeyHint = Text(
        "if it happens again, record the traffic with --trace FILE and report it to the maker of the key",
        "繰り返す場合は --trace FILE で通信を記録し、キーの製造元に報告してください"
    )

    package static func noPINUVAuthProtocol(_ key: String) -> Text {
        Text(
            "\(key) uses a PIN protocol that fidoctl does not support",
            "\(key, "の") PIN プロトコルに fidoctl は対応していません"
        )
    }

    package static func pin(_ error: PINError) -> Text {
        switch error {
        case .empty: Text("the PIN is empty", "PIN が空です")
        case .notText: Text("the PIN is not text in UTF-8", "PIN が UTF-8 の文字列ではありません")
        case .containsNUL: Text("the PIN contains a zero byte", "PIN にゼロバイトが含まれています")
        case .tooShort(let codePoints, let minimum):
            Text(
                "the PIN has \(codePoints) characters; this key requires at least \(minimum)",
                "PIN は \(codePoints) 文字ですが、このキーでは \(minimum) 文字以上が必要です"
            )
        case .tooLong(let byteCount, let maximum):
            Text(
                "the PIN has \(byteCount) bytes; this key accepts at most \(maximum)",
                "PIN は \(byteCount) バイトですが、このキーでは \(maximum) バイトまでです"
            )
        }
    }

    static func cannotVerifyUser(_ key: String) -> Text {
        Text(
            "\(key) cannot verify its user, which is required here",
            "\(key, "では")必要なユーザー確認ができません"
        )
    }

    static let setPINHint = Text(
        "no PIN is set on this key; set one with `fidoctl pin set`",
        "キーに PIN がまだ設定されていません。`fidoctl pin set` で設定できます"
    )

    static let enrollHint = Text(
        "no fingerprint is enrolled on this key; enrol one with `fidoctl fingerprints enroll`",
        "キーに指紋がまだ登録されていません。`fidoctl fingerprints enroll` で登録できます"
    )

    static let noVerificationHint = Text(
        "use another key, or --user-verification preferred",
        "別のキーを使うか、--user-verification preferred を指定してください"
    )

    static func noRoomForBlobs(_ key: String, byteCount: Int, maximum: Int) -> Text {
        Text(
            "\(key) has \(maximum) bytes for large blobs; with this one they would take \(byteCount)",
            "\(key) の large blob 用の容量は \(maximum) バイトですが、これを加えると \(byteCount) バイト必要です"
        )
    }

    static let blobRoomHint = Text(
        "remove some first, with `fidoctl blobs delete` or `fidoctl blobs clean`",
        "先に `fidoctl blobs delete` か `fidoctl blobs clean` で減らしてください"
    )

    package static func notReplugged(_ key: String) -> Text {
        Text(
            "timed out: \(key) was not unplugged and plugged in again",
            "時間内に \(key, "が")挿し直されませんでした"
        )
    }

    static let notReset = Text("nothing was erased", "何も消去していません")

    static let resetTooLateHint = Text(
        "a key can be reset only within seconds of being plugged in; try again, and touch it as soon as it blinks",
        "リセットできるのは挿した直後だけです。もう一度実行し、点滅したらすぐにタッチしてください"
    )

    package static func cannotReadFile(_ path: String, _ reason: Errno) -> Text {
        let reason = Text.reason(reason)
        return Text("cannot read \(path): \(reason.english)", "\(path, "を")読み込めません: \(reason.japanese)")
    }

    package static func cannotWriteFile(_ path: String, _ reason: Errno) -> Text {
        let reason = Text.reason(reason)
        return Text("cannot write \(path): \(reason.english)", "\(path, "に")書き込めません: \(reason.japanese)")
    }
}
