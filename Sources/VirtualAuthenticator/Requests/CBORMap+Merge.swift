import CTAP2

extension CBORMap {
    /// Adds the entries of another map, which take precedence.
    mutating func merge(_ other: CBORMap) {
        for entry in other.entries {
            self[entry.key] = entry.value
        }
    }
}
