import CTAP2

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
        "これは最後の指紋です。削除すると、本人確認は PIN だけになります"
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

// MARK: - Samples

extension Text {
    /// What was wrong with a sample, and what to do; `nil` for a good one, for one without a finger, and for one that
    /// ends the enrolment.
    static func complaint(about sample: FingerprintSample) -> Text? {
        switch sample {
        case .good, .noUserActivity, .databaseFull: nil
        case .tooHigh: Text("too high on the sensor: place your finger lower", "指が上すぎます。もう少し下に置いてください")
        case .tooLow: Text("too low on the sensor: place your finger higher", "指が下すぎます。もう少し上に置いてください")
        case .tooLeft: Text("too far left: place your finger further right", "指が左すぎます。もう少し右に置いてください")
        case .tooRight: Text("too far right: place your finger further left", "指が右すぎます。もう少し左に置いてください")
        case .tooFast: Text("too fast: move your finger more slowly", "指の動きが速すぎます。もっとゆっくり動かしてください")
        case .tooSlow: Text("too slow: move your finger faster", "指の動きが遅すぎます。もう少し速く動かしてください")
        case .poorQuality:
            Text("the scan was poor: clean your finger and the sensor", "うまく読み取れませんでした。指とセンサーの汚れを取ってください")
        case .tooSkewed: Text("tilted: place your finger straight", "指が傾いています。まっすぐ置いてください")
        case .tooShort: Text("too short: leave your finger on the sensor longer", "触れる時間が短すぎます。もう少し長く置いてください")
        case .mergeFailure:
            Text("the scan does not match the earlier ones: use the same finger", "前の読み取りと一致しません。同じ指を使ってください")
        case .exists: Text("this finger is already enrolled: use another one", "この指は登録済みです。別の指を使ってください")
        case .noUserPresenceTransition: Text("lift your finger between scans", "指を一度離してください")
        default:
            Text("the scan was not usable (code \(sample.rawValue))", "うまく読み取れませんでした (コード \(sample.rawValue))")
        }
    }
}
