import CTAP2

/// `fidoctl fingerprints`. Names of keys and fingerprints come in escaped.
extension Text {
    static let sensor = Text("sensor", "センサー")
    static let samplesNeeded = Text("samples for an enrolment", "登録に必要な回数")
    static let longestFingerprintName = Text("longest name", "名前の最大長")
    static let fingerprints = Text("fingerprints", "指紋")
    static let unknown = Text("unknown", "不明")

    static func sensorKind(_ kind: FingerprintSensor.Kind) -> Text {
        switch kind {
        case .touch: Text("touch: the finger is put onto it", "タッチ式 (指を置く)")
        case .swipe: Text("swipe: the finger is drawn across it", "スワイプ式 (指を滑らせる)")
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
        Text(
            "\(key) has no fingerprint whose name is \(wanted), or whose ID begins so",
            "\(key, "に") \(wanted, "という")名前の指紋も、それで始まる ID の指紋もありません"
        )
    }

    static func severalFingerprints(_ wanted: String, _ key: String) -> Text {
        Text(
            "\(wanted) fits several fingerprints of \(key)",
            "\(key) には \(wanted, "に")当てはまる指紋が複数あります"
        )
    }

    static func fingerprintsAre(_ list: [Text]) -> Text {
        Text(
            "its fingerprints: " + list.map(\.english).joined(separator: ", "),
            "登録済みの指紋: " + list.map(\.japanese).joined(separator: ", ")
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
            "this deletes from \(key) (\(device)) the fingerprint \(fingerprint.english)",
            "\(key) (\(device)) から次の指紋を削除します: \(fingerprint.japanese)"
        )
    }

    static let lastFingerprint = Text(
        "it is the key's last one: from then on only the PIN verifies you",
        "これは最後の指紋です。削除すると、本人確認は PIN だけになります"
    )

    static func fingerprintNameTooLong(_ key: String, byteCount: Int, maximum: Int) -> Text {
        Text(
            "the name is \(byteCount) bytes long, and \(key) takes \(maximum) (in UTF-8)",
            "名前が \(byteCount) バイトあり、\(key) の上限 \(maximum) バイト (UTF-8) を超えています"
        )
    }

    static func notNamed(_ id: String) -> Text {
        Text(
            "the fingerprint \(id) is enrolled, but has no name: `fidoctl fingerprints rename \(id)` gives it one",
            "指紋 \(id) は登録されましたが、名前がありません。`fidoctl fingerprints rename \(id)` で付けられます"
        )
    }

    static let noFingerprintKept = Text("; no fingerprint was kept", "。指紋は登録していません")
    static let enrollmentInDoubt = Text(
        "only a finished fingerprint is kept; `fidoctl fingerprints list` shows whether it was",
        "登録が完了した指紋だけが残ります。`fidoctl fingerprints list` で確認してください"
    )
    static let fingerprintInDoubt = Text(
        "the key may have done it already; `fidoctl fingerprints list` shows",
        "変更が済んでいる可能性があります。`fidoctl fingerprints list` で確認してください"
    )
}

// MARK: - Samples

extension Text {
    /// What was wrong with a sample, and what to do; `nil` when it was good, and when there was no finger.
    static func complaint(about sample: FingerprintSample) -> Text? {
        switch sample {
        case .good, .noUserActivity: nil
        case .tooHigh: Text("the finger was too high on the sensor: put it lower", "指が上すぎます。もう少し下に置いてください")
        case .tooLow: Text("the finger was too low on the sensor: put it higher", "指が下すぎます。もう少し上に置いてください")
        case .tooLeft: Text("the finger was too far left: put it further right", "指が左すぎます。もう少し右に置いてください")
        case .tooRight: Text("the finger was too far right: put it further left", "指が右すぎます。もう少し左に置いてください")
        case .tooFast: Text("the finger was too fast: move it slower", "指の動きが速すぎます。もっとゆっくり動かしてください")
        case .tooSlow: Text("the finger was too slow: move it faster", "指の動きが遅すぎます。もう少し速く動かしてください")
        case .poorQuality:
            Text("the sample was poor: clean finger and sensor", "うまく読み取れませんでした。指とセンサーの汚れを取ってください")
        case .tooSkewed: Text("the finger was too skewed: put it straight", "指が傾いています。まっすぐ置いてください")
        case .tooShort: Text("the touch was too short: leave the finger longer", "触れる時間が短すぎます。もう少し長く置いてください")
        case .mergeFailure:
            Text("the sample did not match the others: use the same finger", "ほかのサンプルと一致しません。同じ指を使ってください")
        case .exists: Text("this finger is enrolled already: use another one", "この指は登録済みです。別の指を使ってください")
        case .databaseFull: Text("the key has no room for another fingerprint", "キーに指紋の空きがありません")
        case .noUserPresenceTransition: Text("the finger was not lifted in between", "指を一度離してください")
        default:
            Text("the sample was not good (code \(sample.rawValue))", "うまく読み取れませんでした (コード \(sample.rawValue))")
        }
    }
}
