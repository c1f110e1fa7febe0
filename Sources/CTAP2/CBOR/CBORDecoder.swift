/// Reads CBOR from a key or a client: bounded in depth and size, never trusting a count.
package struct CBORDecoder {
    /// How strictly the canonical form is required.
    package enum Rules: Sendable {
        /// For a client that reads from a key. Lengths need not be shortest nor keys sorted, since real keys send
        /// neither; text that was truncated inside a character is repaired.
        case tolerant
        /// For an authenticator that reads from a client: CTAP2 canonical form to the byte.
        case canonical
    }

    /// The deepest nesting of arrays and maps, including the outermost (CTAP 2.1 §8).
    package static let maximumDepth = 4

    private let bytes: [UInt8]
    private let rules: Rules
    private let maximumDepth: Int
    private var offset: Int

    private init(bytes: [UInt8], rules: Rules, maximumDepth: Int, offset: Int) {
        self.bytes = bytes
        self.rules = rules
        self.maximumDepth = maximumDepth
        self.offset = offset
    }

    /// Reads exactly one item; bytes after it are an error.
    package static func decode(
        _ bytes: [UInt8],
        rules: Rules = .tolerant,
        maximumDepth: Int = Self.maximumDepth
    ) throws(CBORError) -> CBORValue {
        var offset = 0
        let value = try decodeFirst(of: bytes, from: &offset, rules: rules, maximumDepth: maximumDepth)
        guard offset == bytes.count else { throw .trailing(offset: offset) }
        return value
    }

    /// Reads one item that starts at `offset` and moves `offset` past it; bytes may follow.
    package static func decodeFirst(
        of bytes: [UInt8],
        from offset: inout Int,
        rules: Rules = .tolerant,
        maximumDepth: Int = Self.maximumDepth
    ) throws(CBORError) -> CBORValue {
        guard bytes.indices.contains(offset) else { throw .truncated(offset: offset) }
        var decoder = CBORDecoder(bytes: bytes, rules: rules, maximumDepth: maximumDepth, offset: offset)
        let value = try decoder.value(depth: 0)
        offset = decoder.offset
        return value
    }

    /// The length of the CBOR head that starts with this byte.
    static func headByteCount(_ first: UInt8) -> Int {
        let kind = first & 0x1F
        return 24...27 ~= kind ? 1 + 1 << Int(kind - 24) : 1
    }

    private mutating func value(depth: Int) throws(CBORError) -> CBORValue {
        let start = offset
        let head = try byte(of: start)
        let kind = head & 0x1F
        guard head >> 5 != 7 else { return try simple(kind, head: head, start: start) }
        let argument = try self.argument(kind, head: head, start: start)
        switch head >> 5 {
        case 0: return .unsigned(argument)
        case 1: return .negative(argument)
        case 2: return .bytes(Array(try slice(argument, start: start)))
        case 3: return .text(try text(try slice(argument, start: start), start: start))
        case 4: return .array(try elements(argument, depth: depth + 1, start: start))
        case 5: return .map(try map(argument, depth: depth + 1, start: start))
        default: throw .forbidden(head: head, offset: start)
        }
    }

    private mutating func elements(_ count: UInt64, depth: Int, start: Int) throws(CBORError) -> [CBORValue] {
        try check(count, itemSize: 1, depth: depth, start: start)
        var elements: [CBORValue] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            elements.append(try value(depth: depth))
        }
        return elements
    }

    private mutating func map(_ count: UInt64, depth: Int, start: Int) throws(CBORError) -> CBORMap {
        try check(count, itemSize: 2, depth: depth, start: start)
        var map = CBORMap()
        map.reserveCapacity(Int(count))
        var keys = MapKeys()
        var previousKey: ArraySlice<UInt8> = []
        for index in 0..<count {
            let keyStart = offset
            let key = try value(depth: depth)
            guard keys.insert(key, after: map) else { throw .duplicateKey(offset: keyStart) }
            if rules == .canonical {
                let encodedKey = bytes[keyStart..<offset]
                guard index == 0 || previousKey.lexicographicallyPrecedes(encodedKey) else {
                    throw .unsortedKeys(offset: keyStart)
                }
                previousKey = encodedKey
            }
            map.append(uncheckedKey: key, value: try value(depth: depth))
        }
        return map
    }

    /// Rejects excessive nesting, and counts that the remaining bytes cannot hold, before reading any element.
    private func check(_ count: UInt64, itemSize: UInt64, depth: Int, start: Int) throws(CBORError) {
        guard depth <= maximumDepth else { throw .tooDeep(limit: maximumDepth, offset: start) }
        guard count <= UInt64(bytes.count - offset) / itemSize else { throw .truncated(offset: start) }
    }

    private func text(_ utf8: ArraySlice<UInt8>, start: Int) throws(CBORError) -> String {
        if let text = String(validating: utf8, as: UTF8.self) { return text }
        guard rules == .tolerant else { throw .invalidText(offset: start) }
        return String(decoding: utf8, as: UTF8.self)
    }

    private mutating func simple(_ kind: UInt8, head: UInt8, start: Int) throws(CBORError) -> CBORValue {
        switch kind {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22: return .null
        case 0..<24: return .simple(kind, 0)
        case 24:
            let value = try bigEndian(byteCount: 1, start: start)
            guard value >= 32 else { throw .forbidden(head: head, offset: start) }
            return .simple(kind, value)
        case 25...27: return .simple(kind, try bigEndian(byteCount: 1 << Int(kind - 24), start: start))
        default: throw .forbidden(head: head, offset: start)
        }
    }

    private mutating func argument(_ kind: UInt8, head: UInt8, start: Int) throws(CBORError) -> UInt64 {
        guard kind >= 24 else { return UInt64(kind) }
        guard kind <= 27 else { throw .forbidden(head: head, offset: start) }
        let value = try bigEndian(byteCount: 1 << Int(kind - 24), start: start)
        // A head with half as many bytes would do.
        let isLong = kind == 24 ? value < 24 : value >> (4 << UInt64(kind - 24)) == 0
        guard !isLong || rules == .tolerant else { throw .notShortest(offset: start) }
        return value
    }

    private mutating func bigEndian(byteCount: Int, start: Int) throws(CBORError) -> UInt64 {
        try slice(UInt64(byteCount), start: start).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func byte(of start: Int) throws(CBORError) -> UInt8 {
        guard offset < bytes.count else { throw .truncated(offset: start) }
        defer { offset += 1 }
        return bytes[offset]
    }

    private mutating func slice(_ count: UInt64, start: Int) throws(CBORError) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - offset) else { throw .truncated(offset: start) }
        let slice = bytes[offset..<offset + Int(count)]
        offset = slice.endIndex
        return slice
    }
}
