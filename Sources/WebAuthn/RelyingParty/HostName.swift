/// A domain as origins and RP IDs name it, in lower-case A-labels.
///
/// IP addresses are not allowed (WebAuthn L3 §5.1.3 step 7). As in browsers, labels may contain `_` and may begin or end with a
/// hyphen. An internationalized name must be in its `xn--` form; nothing is converted here.
public struct HostName: Hashable, Sendable {
    /// The name in lower case, including a trailing dot (the DNS root) if it was written with one.
    public let text: String

    /// `nil` when `text` is not such a host.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let text = text.lowercased()
        let relative = text.hasSuffix(".") ? text.dropLast() : text[...]
        let labels = relative.split(separator: ".", omittingEmptySubsequences: false)
        guard
            relative.utf8.count <= 253,
            labels.allSatisfy(Self.isLabel),
            !Self.endsInNumber(text)
        else { return nil }
        self.text = text
    }

    /// Labels, the outermost (top-level) one last.
    var labels: [Substring] { text.split(separator: ".") }

    /// Whether the name ends with the dot of the DNS root; browsers treat it as a different host.
    var hasRootDot: Bool { text.hasSuffix(".") }

    /// The URL standard's "ends in a number": such a host is an IPv4 address or invalid. The last label is decimal, or
    /// hexadecimal after `0x`.
    static func endsInNumber(_ text: String) -> Bool {
        guard let last = text.lowercased().split(separator: ".").last?.utf8 else { return false }
        let digits = last.starts(with: "0x".utf8) ? last.dropFirst(2) : nil
        return last.allSatisfy(isDigit) || digits?.allSatisfy { isDigit($0) || isHexadecimalLetter($0) } ?? false
    }

    private static func isLabel(_ label: Substring) -> Bool {
        1...63 ~= label.utf8.count
            && label.utf8.allSatisfy {
                isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }

    private static func isHexadecimalLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }
}
