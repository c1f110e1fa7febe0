import CTAP2

/// Encodes CBOR that violates CTAP's canonical form, as some real keys do.
struct MalformedCBOREncoder {
    /// Whether the entries of maps are in reverse order.
    var isReversed: Bool
    /// Whether all lengths of byte strings take two bytes.
    var isLong: Bool
    /// The most bytes of a text; `nil` for no limit.
    var textLimit: Int?

    func bytes(of value: CBORValue) -> [UInt8] {
        switch value {
        case .bytes(let bytes): (isLong ? longHead(2, bytes.count) : head(2, bytes.count)) + bytes
        case .text(let text): self.bytes(ofText: Array(text.utf8.prefix(textLimit ?? .max)))
        case .array(let elements): head(4, elements.count) + elements.flatMap { self.bytes(of: $0) }
        case .map(let map):
            head(5, map.count)
                + (isReversed ? map.entries.reversed() : map.entries).flatMap {
                    bytes(ofKey: $0.key) + bytes(of: $0.value)
                }
        default: CBOREncoder.encode(value)
        }
    }

    /// Encodes a key of a map, which is never cut.
    private func bytes(ofKey key: CBORValue) -> [UInt8] {
        key.text.map { bytes(ofText: Array($0.utf8)) } ?? bytes(of: key)
    }

    private func bytes(ofText text: [UInt8]) -> [UInt8] {
        head(3, text.count) + text
    }

    private func head(_ majorType: UInt8, _ count: Int) -> [UInt8] {
        let type = majorType << 5
        if count < 24 { return [type | UInt8(count)] }
        if count < 0x100 { return [type | 24, UInt8(count)] }
        return longHead(majorType, count)
    }

    private func longHead(_ majorType: UInt8, _ count: Int) -> [UInt8] {
        [majorType << 5 | 25, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
    }
}
