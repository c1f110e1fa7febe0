/// A CBOR map: unique keys with their values, in the order in which they were added or read.
public struct CBORMap: Hashable, Sendable {
    /// One key with its value.
    public struct Entry: Hashable, Sendable {
        public var key: CBORValue
        public var value: CBORValue
    }

    public private(set) var entries: [Entry] = []

    public init() {}

    /// The value of a key; setting `nil` removes it, setting a key that is there replaces its value in place.
    public subscript(key: CBORValue) -> CBORValue? {
        get { entries.first { $0.key == key }?.value }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    public var isEmpty: Bool { entries.isEmpty }
    public var count: Int { entries.count }

    mutating func reserveCapacity(_ count: Int) {
        entries.reserveCapacity(count)
    }

    /// Appends without checking for a duplicate key, which the decoder does itself.
    mutating func append(uncheckedKey key: CBORValue, value: CBORValue) {
        entries.append(Entry(key: key, value: value))
    }
}

extension CBORMap: ExpressibleByDictionaryLiteral {
    /// A later value of the same key replaces the earlier one.
    public init(dictionaryLiteral elements: (CBORValue, CBORValue)...) {
        for (key, value) in elements {
            self[key] = value
        }
    }
}

/// Typed reads that name the member when it is missing or of another type.
extension CBORMap {
    /// The member's value as `read` converts it. Throws if the member is absent or `read` returns `nil`.
    public func required<T>(
        _ key: CBORValue,
        _ member: String,
        _ read: (CBORValue) -> T?
    ) throws(CBORError) -> T {
        guard let value = try optional(key, member, read) else { throw .missing(member: member) }
        return value
    }

    /// The member's value as `read` converts it, `nil` if the member is absent. Throws if `read` returns `nil`.
    public func optional<T>(
        _ key: CBORValue,
        _ member: String,
        _ read: (CBORValue) -> T?
    ) throws(CBORError) -> T? {
        guard let value = self[key] else { return nil }
        guard let result = read(value) else { throw .unexpected(member: member) }
        return result
    }
}
