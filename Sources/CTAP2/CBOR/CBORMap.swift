/// A CBOR map: its entries in the order in which they were written or read, no key twice.
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

    /// Appends without looking for the key; for the decoder, which has checked it.
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
