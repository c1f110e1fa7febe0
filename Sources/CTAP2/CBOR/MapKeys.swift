/// The keys of a map while it is read, so that none comes twice.
///
/// Keys in the order of CTAP2's canonical form, which most keys send, are compared with the one before alone.
struct MapKeys {
    /// `nil` as long as every key follows the one before.
    private var seen: Set<CBORValue>?

    /// Adds the key that follows those of `map`; `false` if it is there already.
    mutating func insert(_ key: CBORValue, after map: CBORMap) -> Bool {
        if seen == nil {
            guard let last = map.entries.last?.key, !key.follows(last) else { return true }
            seen = Set(map.entries.lazy.map(\.key))
        }
        return seen?.insert(key).inserted ?? true
    }
}

extension CBORValue {
    /// Whether canonical order certainly puts it behind `other`.
    fileprivate func follows(_ other: CBORValue) -> Bool {
        switch (other, self) {
        case (.unsigned(let first), .unsigned(let second)), (.negative(let first), .negative(let second)):
            first < second
        case (.unsigned, .negative), (.unsigned, .text), (.negative, .text): true
        case (.text(let first), .text(let second)):
            first.utf8.count < second.utf8.count
                || first.utf8.count == second.utf8.count && first.utf8.lexicographicallyPrecedes(second.utf8)
        default: false
        }
    }
}
