internal import FoundationEssentials
import Platform

extension ClientData {
    /// The serialization of WebAuthn L3 §5.8.1.1, which verifiers may compare byte by byte.
    static func serialize(
        type: Ceremony,
        challenge: [UInt8],
        origin: String,
        crossOrigin: Bool,
        topOrigin: String?
    ) -> [UInt8] {
        var json = "{\"type\":" + quote(type.rawValue)
        json += ",\"challenge\":" + quote(Base64URL.encode(challenge))
        json += ",\"origin\":" + quote(origin)
        json += ",\"crossOrigin\":" + (crossOrigin ? "true" : "false")
        if let topOrigin {
            json += ",\"topOrigin\":" + quote(topOrigin)
        }
        return Array((json + "}").utf8)
    }

    /// CCDToString (WebAuthn L3 §5.8.1.2).
    static func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..."\u{1F}": quoted += "\\u" + UInt16(truncatingIfNeeded: scalar.value).hexadecimal
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Reads the bytes of any client: members in any order, unknown ones ignored, a byte order mark skipped (WebAuthn L3
    /// §7.1 step 5).
    public init(json: [UInt8]) throws(JSONError) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = json.starts(with: byteOrderMark) ? Array(json.dropFirst(byteOrderMark.count)) : json
        let members = try JSON.decode(Members.self, from: text)
        self.init(
            type: Ceremony(rawValue: members.type),
            challenge: members.challenge.bytes,
            origin: members.origin,
            crossOrigin: members.crossOrigin ?? false,
            topOrigin: members.topOrigin,
            json: json
        )
    }

    private struct Members: Decodable {
        var type: String
        var challenge: Base64URLBytes
        var origin: String
        var crossOrigin: Bool?
        var topOrigin: String?
    }
}
