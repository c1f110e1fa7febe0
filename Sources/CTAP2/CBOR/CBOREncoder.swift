/// Writes the CTAP2 canonical form: shortest heads, definite lengths, sorted keys (CTAP 2.1 §8).
package enum CBOREncoder {
    /// The canonical encoding of `value`.
    package static func encode(_ value: CBORValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }

    /// The canonical encoding of a map.
    package static func encode(_ map: CBORMap) -> [UInt8] {
        encode(.map(map))
    }

    /// The CBOR head of an array with `count` elements.
    static func arrayHead(count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        appendHead(4, UInt64(count), to: &bytes)
        return bytes
    }

    private static func append(_ value: CBORValue, to bytes: inout [UInt8]) {
        switch value {
        case .unsigned(let value): appendHead(0, value, to: &bytes)
        case .negative(let value): appendHead(1, value, to: &bytes)
        case .bytes(let value):
            appendHead(2, UInt64(value.count), to: &bytes)
            bytes.append(contentsOf: value)
        case .text(let value):
            appendHead(3, UInt64(value.utf8.count), to: &bytes)
            bytes.append(contentsOf: value.utf8)
        case .array(let elements):
            appendHead(4, UInt64(elements.count), to: &bytes)
            for element in elements {
                append(element, to: &bytes)
            }
        case .map(let map): append(map, to: &bytes)
        case .bool(let value): bytes.append(value ? 0xF5 : 0xF4)
        case .null: bytes.append(0xF6)
        case .simple(let kind, let bits):
            bytes.append(7 << 5 | kind & 0x1F)
            appendBigEndian(bits, byteCount: followingBytes(kind), to: &bytes)
        }
    }

    /// Keys in the order of their encodings, which is CTAP2's (major type, then length, then bytes) and RFC 8949's.
    private static func append(_ map: CBORMap, to bytes: inout [UInt8]) {
        appendHead(5, UInt64(map.count), to: &bytes)
        let sorted = map.entries
            .map { (key: encode($0.key), value: $0.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for entry in sorted {
            bytes.append(contentsOf: entry.key)
            append(entry.value, to: &bytes)
        }
    }

    private static func appendHead(_ majorType: UInt8, _ argument: UInt64, to bytes: inout [UInt8]) {
        let kind: UInt8
        switch argument {
        case 0..<24: kind = UInt8(argument)
        case 24...0xFF: kind = 24
        case 0x100...0xFFFF: kind = 25
        case 0x1_0000...0xFFFF_FFFF: kind = 26
        default: kind = 27
        }
        bytes.append(majorType << 5 | kind)
        appendBigEndian(argument, byteCount: followingBytes(kind), to: &bytes)
    }

    private static func followingBytes(_ kind: UInt8) -> Int {
        24...27 ~= kind ? 1 << Int(kind - 24) : 0
    }

    private static func appendBigEndian(_ value: UInt64, byteCount: Int, to bytes: inout [UInt8]) {
        for index in (0..<byteCount).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8)))
        }
    }
}
