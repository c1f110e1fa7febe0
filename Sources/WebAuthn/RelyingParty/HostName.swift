/// A host as origins and RP IDs name it: a domain in lower-case A-labels, or an IPv4 address.
///
/// This is the URL standard's host with its strict domain rules, as far as WebAuthn lets one be used. An
/// internationalized name must come in its `xn--` form: nothing is converted here.
public struct HostName: Hashable, Sendable {
    /// The name in lower case.
    public let text: String
    /// Whether the name is an IPv4 address, which has no parent domain.
    public let isAddress: Bool

    /// `nil` when `text` is not such a host.
    public init?(_ text: String) {
        guard text.utf8.count <= 253, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let text = text.lowercased()
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isLabel) else { return nil }
        self.text = text
        isAddress = labels.last?.utf8.allSatisfy(Self.isDigit) ?? false
        if isAddress {
            guard labels.count == 4, labels.allSatisfy(Self.isOctet) else { return nil }
        }
    }

    /// Labels, the outermost (top-level) one last.
    public var labels: [Substring] { text.split(separator: ".") }

    private static func isLabel(_ label: Substring) -> Bool {
        1...63 ~= label.utf8.count
            && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isOctet(_ label: Substring) -> Bool {
        UInt8(label) != nil && (label == "0" || label.first != "0")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }
}
