import Platform

/// One report in a wire log: a line of JSON, and enough of them a session that can be replayed.
public struct TraceRecord: Hashable, Sendable, Codable {
    public enum Direction: String, Hashable, Sendable, Codable {
        /// To the key.
        case out
        /// From the key.
        case `in`
    }

    /// Seconds since the log began.
    public var time: Double
    /// Which key it was, as its owner names it.
    public var device: String
    public var direction: Direction
    /// The report in hexadecimal, without report number.
    public var report: String
    /// Whether secret bytes of the report were replaced by zeros; its header and the first byte of a message stay.
    public var redacted: Bool

    public init(time: Double, device: String, direction: Direction, report: [UInt8], redacted: Bool) {
        self.time = time
        self.device = device
        self.direction = direction
        self.report = report.hexadecimal
        self.redacted = redacted
    }

    /// The record as one JSON object, without line end.
    public var line: String {
        let microseconds = Int((min(max(time, 0), 1e9) * 1e6).rounded())
        let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        return "{\"time\":\(microseconds / 1_000_000).\(fraction),\"device\":\"\(Self.escaped(device))\","
            + "\"direction\":\"\(direction.rawValue)\",\"redacted\":\(redacted),\"report\":\"\(report)\"}"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case "\u{20}"..."\u{7E}": escaped.unicodeScalars.append(scalar)
            default:
                for unit in String(scalar).utf16 {
                    escaped += "\\u" + unit.hexadecimal
                }
            }
        }
        return escaped
    }
}
