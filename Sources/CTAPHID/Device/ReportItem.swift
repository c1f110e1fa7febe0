/// One item of a HID report descriptor (HID 1.11 §6.2.2.2), as far as report sizes depend on it.
struct ReportItem: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case input, output, feature, collection, endCollection
        case usagePage, reportSize, reportCount, reportID, push, pop
        case usage
        case other
    }

    var kind: Kind
    /// The data, little-endian, read as unsigned.
    var value: UInt32
    /// Bytes of data, 0 to 4.
    var byteCount: Int
}

/// Reads the items of a descriptor one after another.
struct ReportItems: Sendable {
    /// The prefix of a long item, up to 255 bytes; HID 1.11 defines no such item.
    private static let longItemPrefix: UInt8 = 0xFE

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// The next item; `nil` at the end.
    mutating func next() throws(ReportDescriptorError) -> ReportItem? {
        guard let prefix = rest.popFirst() else { return nil }
        if prefix == Self.longItemPrefix {
            guard let size = rest.popFirst(), rest.popFirst() != nil else { throw .truncated }
            _ = try take(Int(size))
            return ReportItem(kind: .other, value: 0, byteCount: 0)
        }
        // Two bits encode a size of 0, 1, 2 or 4 bytes.
        let size = prefix & 0x03 == 3 ? 4 : Int(prefix & 0x03)
        let value = try take(size).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        return ReportItem(kind: Self.kind(of: prefix), value: value, byteCount: size)
    }

    private mutating func take(_ count: Int) throws(ReportDescriptorError) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func kind(of prefix: UInt8) -> ReportItem.Kind {
        switch prefix & 0xFC {
        case 0x80: .input
        case 0x90: .output
        case 0xB0: .feature
        case 0xA0: .collection
        case 0xC0: .endCollection
        case 0x04: .usagePage
        case 0x74: .reportSize
        case 0x94: .reportCount
        case 0x84: .reportID
        case 0xA4: .push
        case 0xB4: .pop
        case 0x08: .usage
        default: .other
        }
    }
}
