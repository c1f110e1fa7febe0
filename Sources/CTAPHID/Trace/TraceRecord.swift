import Platform

/// One report in a wire log, a line of JSON; the lines of a session are enough to replay it.
package struct TraceRecord: Hashable, Sendable, Codable {
    package enum Direction: String, Hashable, Sendable, Codable {
        /// To the key.
        case out
        /// From the key.
        case `in`
    }

    /// Seconds since the log began.
    package var time: Double
    /// The name that the log's owner gave the key.
    package var device: String
    package var direction: Direction
    /// The report in hexadecimal, without a report number.
    package var report: String
    /// Whether zeros replace secret bytes of the report; its header and the first byte of a message are kept.
    package var redacted: Bool

    package init(time: Double, device: String, direction: Direction, report: [UInt8], redacted: Bool) {
        self.time = time
        self.device = device
        self.direction = direction
        self.report = report.hexadecimal
        self.redacted = redacted
    }

    /// The record as one JSON object, without a line feed.
    package var line: String {
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
