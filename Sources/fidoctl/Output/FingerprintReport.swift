import CTAP2
import Interaction
import Platform

/// A fingerprint in JSON.
struct FingerprintReport: Encodable {
    /// In hexadecimal.
    let id: String
    /// Unescaped; `nil` if the fingerprint has no name.
    let name: String?

    init(_ fingerprint: FingerprintTemplate) {
        id = fingerprint.id.hexadecimal
        name = fingerprint.name
    }

    private enum CodingKeys: CodingKey {
        case id, name
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(id, forKey: .id)
        try members.encode(name, forKey: .name)
    }
}

/// A fingerprint that was enrolled, renamed or deleted, with its key.
struct FingerprintOnKey: Encodable {
    let device: String
    let name: String
    let fingerprint: FingerprintReport

    init(_ fingerprint: FingerprintTemplate, on key: KeyName) {
        (device, name) = (key.path, key.name)
        self.fingerprint = FingerprintReport(fingerprint)
    }
}

/// A key's sensor and enrolled fingerprints.
struct FingerprintListReport: Encodable {
    struct Sensor: Encodable {
        /// `touch`, `swipe` or the number of an unknown kind.
        let kind: String
        let maximumSampleCount: Int?
        let maximumNameByteCount: Int?

        private enum CodingKeys: CodingKey {
            case kind, maximumSampleCount, maximumNameByteCount
        }

        func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(kind, forKey: .kind)
            try members.encode(maximumSampleCount, forKey: .maximumSampleCount)
            try members.encode(maximumNameByteCount, forKey: .maximumNameByteCount)
        }
    }

    let device: String
    let name: String
    let sensor: Sensor
    let fingerprints: [FingerprintReport]
    private let kind: FingerprintSensor.Kind

    private enum CodingKeys: CodingKey {
        case device, name, sensor, fingerprints
    }

    init(_ sensor: FingerprintSensor, _ fingerprints: [FingerprintTemplate], key: KeyName) {
        (device, name) = (key.path, key.name)
        kind = sensor.kind
        self.sensor = Sensor(
            kind: sensor.kind.name,
            maximumSampleCount: sensor.maximumSampleCount,
            maximumNameByteCount: sensor.maximumNameByteCount
        )
        self.fingerprints = fingerprints.map(FingerprintReport.init)
    }
}

extension FingerprintListReport {
    /// For display; names are escaped.
    var lines: [String] {
        let rows: [(label: Text, value: String)] = [
            (.sensor, Text.sensorKind(kind).localized),
            (.samplesNeeded, (sensor.maximumSampleCount.map(Text.atMost) ?? .unknown).localized),
            (.longestFingerprintName, (sensor.maximumNameByteCount.map(Text.bytes) ?? .unknown).localized),
            (.fingerprints, String(fingerprints.count)),
        ]
        return ["\(name)  \(device)"] + Table.lines(rows)
            + Columns.lines(fingerprints.map { [$0.id, $0.name.map(TerminalText.escape) ?? "-"] }).map { "    " + $0 }
    }
}

extension FingerprintSensor.Kind {
    fileprivate var name: String {
        switch self {
        case .touch: "touch"
        case .swipe: "swipe"
        case .other(let number): String(number)
        }
    }
}

extension FingerprintTemplate {
    /// The escaped name and the ID for display.
    var label: Text { .fingerprint(name.map(TerminalText.escape), id: id.hexadecimal) }
}
