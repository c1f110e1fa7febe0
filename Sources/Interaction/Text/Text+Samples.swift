package import CTAP2

/// Samples of a fingerprint.
extension Text {
    /// What was wrong with a sample, and what to do; `nil` for a good one, for one without a finger, and for one that
    /// ends the enrolment.
    package static func complaint(about sample: FingerprintSample) -> Text? {
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
