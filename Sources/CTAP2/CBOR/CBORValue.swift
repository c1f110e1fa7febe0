/// A CBOR data item (RFC 8949), as far as CTAP2 messages use CBOR.
///
/// The decoder rejects tags and indefinite lengths, which CTAP2 does not allow (CTAP 2.1 §8). Floating-point numbers
/// and unassigned simple values occur only in unknown members and are kept as bits.
public enum CBORValue: Hashable, Sendable {
    case unsigned(UInt64)
    /// The integer −1 − `n`.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map(CBORMap)
    case bool(Bool)
    case null
    /// A simple value or a float that is not one of the above: the low five bits of its head, and its bits.
    case simple(UInt8, UInt64)

    /// An integer of either sign.
    public static func int(_ value: Int) -> CBORValue {
        value >= 0 ? .unsigned(UInt64(value)) : .negative(UInt64(bitPattern: Int64(~value)))
    }
}

extension CBORValue {
    /// The value of an integer that fits.
    public var int: Int? {
        switch self {
        case .unsigned(let value): Int(exactly: value)
        case .negative(let value): Int(exactly: value).map { ~$0 }
        default: nil
        }
    }

    /// The value of a non-negative integer.
    public var unsigned: UInt64? {
        if case .unsigned(let value) = self { value } else { nil }
    }

    /// The value of a non-negative integer that fits.
    package var nonNegativeInt: Int? { unsigned.flatMap { Int(exactly: $0) } }

    /// The bytes of a byte string.
    public var bytes: [UInt8]? {
        if case .bytes(let value) = self { value } else { nil }
    }

    /// The text of a text string.
    public var text: String? {
        if case .text(let value) = self { value } else { nil }
    }

    /// The elements of an array.
    public var array: [CBORValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The elements of an array of text strings.
    package var texts: [String]? { elements { $0.text } }

    /// The converted elements of an array; `nil` if `read` returns `nil` for any of them.
    package func elements<T>(_ read: (CBORValue) -> T?) -> [T]? {
        guard let array else { return nil }
        var elements: [T] = []
        elements.reserveCapacity(array.count)
        for value in array {
            guard let element = read(value) else { return nil }
            elements.append(element)
        }
        return elements
    }

    /// The entries of a map.
    public var map: CBORMap? {
        if case .map(let value) = self { value } else { nil }
    }

    /// The value of a Boolean.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }
}

/// Items are equal if their canonical encodings are: text compares by its bytes, not by Unicode equivalence, and the
/// order of a map's entries does not matter.
extension CBORValue {
    public static func == (left: CBORValue, right: CBORValue) -> Bool {
        switch (left, right) {
        case (.unsigned(let left), .unsigned(let right)): left == right
        case (.negative(let left), .negative(let right)): left == right
        case (.bytes(let left), .bytes(let right)): left == right
        case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.simple(let left, let leftBits), .simple(let right, let rightBits)):
            left == right && leftBits == rightBits
        default: false
        }
    }
}

extension CBORMap {
    public static func == (left: CBORMap, right: CBORMap) -> Bool {
        left.entries == right.entries || CBOREncoder.encode(left) == CBOREncoder.encode(right)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(CBOREncoder.encode(self))
    }
}

extension CBORValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    public init(integerLiteral value: Int) {
        self = .int(value)
    }

    public init(stringLiteral value: String) {
        self = .text(value)
    }

    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension CBORValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(arrayLiteral elements: CBORValue...) {
        self = .array(elements)
    }

    /// A later value of the same key replaces the earlier one.
    public init(dictionaryLiteral elements: (CBORValue, CBORValue)...) {
        var map = CBORMap()
        for (key, value) in elements {
            map[key] = value
        }
        self = .map(map)
    }
}
