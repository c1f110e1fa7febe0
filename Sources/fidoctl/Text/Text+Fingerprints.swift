import CTAP2
import Interaction

/// `fidoctl fingerprints`. Names of keys and fingerprints are escaped.
extension Text {
    static let sensor = Text("sensor", "センサー")
    static let samplesNeeded = Text("scans per fingerprint", "登録に必要な回数")
    static let longestFingerprintName = Text("longest name", "名前の最大長")
    static let fingerprints = Text("fingerprints", "指紋")
    static let unknown = Text("unknown", "不明")

    static func sensorKind(_ kind: FingerprintSensor.Kind) -> Text {
        switch kind {
        case .touch: Text("touch: place your finger on it", "タッチ式 (指を置く)")
        case .swipe: Text("swipe: slide your finger across it", "スワイプ式 (指を滑らせる)")
        case .other(let number): Text("unknown kind \(number)", "不明な種類 \(number)")
        }
    }

    static func atMost(_ count: Int) -> Text { Text("at most \(count)", "最大 \(count) 回") }

    static func bytes(_ count: Int) -> Text { Text("\(count) bytes", "\(count) バイト") }

    static func fingerprint(_ name: String?, id: String) -> Text {
        guard let name else { return Text("\(id) (unnamed)", "\(id) (名前なし)") }
        return Text(verbatim: "\(id) (\(name))")
    }

    static func noSuchFingerprint(_ wanted: String, _ key: String) -> Text {
        Text("no fingerprint on \(key) matches \(wanted)", "\(key) には \(wanted, "に")該当する指紋がありません")
    }

    static func severalFingerprints(_ wanted: String, _ key: String) -> Text {
        Text("several fingerprints on \(key) match \(wanted)", "\(key) には \(wanted, "に")該当する指紋が複数あります")
    }

    static func fingerprintsAre(_ list: [Text]) -> Text {
        Text(
            "choose one of: " + list.map(\.english).joined(separator: ", "),
            "次から選んでください: " + list.map(\.japanese).joined(separator: ", ")
        )
    }

    static func enrolled(_ fingerprint: Text, _ key: String) -> Text {
        Text(
            "Enrolled fingerprint \(fingerprint.english) on \(key).",
            "\(key, "に")指紋 \(fingerprint.japanese, "を")登録しました。"
        )
    }

    static func renamed(_ fingerprint: Text, _ key: String) -> Text {
        Text(
            "Renamed fingerprint \(fingerprint.english) on \(key).",
            "\(key) の指紋の名前を変更しました: \(fingerprint.japanese)"
        )
    }

    static func deleted(_ fingerprint: Text, _ key: String) -> Text {
        Text(
            "Deleted fingerprint \(fingerprint.english) from \(key).",
            "\(key, "から")指紋 \(fingerprint.japanese, "を")削除しました。"
        )
    }

    static func deletesFingerprint(_ fingerprint: Text, _ key: String, device: String) -> Text {
        Text(
            "this deletes fingerprint \(fingerprint.english) from \(key) (\(device))",
            "\(key) (\(device)) から次の指紋を削除します: \(fingerprint.japanese)"
        )
    }

    static let lastFingerprint = Text(
        "this is the key's last fingerprint; afterwards only the PIN can verify you",
        "これは最後の指紋です。削除すると、ユーザー確認は PIN だけになります"
    )

    static func fingerprintNameTooLong(_ key: String, byteCount: Int, maximum: Int) -> Text {
        Text(
            "the name is \(byteCount) bytes long; \(key) allows \(maximum) (in UTF-8)",
            "名前が \(byteCount) バイトあり、\(key) の上限 \(maximum) バイト (UTF-8) を超えています"
        )
    }

    static func notNamed(_ id: String) -> Text {
        Text(
            "fingerprint \(id) was enrolled but not named; name it with `fidoctl fingerprints rename \(id) --name NAME`",
            "指紋 \(id) は登録されましたが、名前がありません。`fidoctl fingerprints rename \(id) --name 名前` で付けられます"
        )
    }

    static let noFingerprintKept = Text("; no fingerprint was enrolled", "。指紋は登録していません")
    static let enrollmentInDoubt = Text(
        "`fidoctl fingerprints list` shows whether the fingerprint was enrolled",
        "指紋が登録されたかどうかは `fidoctl fingerprints list` で確認できます"
    )
    static let fingerprintInDoubt = Text(
        "`fidoctl fingerprints list` shows whether the change was made",
        "変更されたかどうかは `fidoctl fingerprints list` で確認できます"
    )
}
