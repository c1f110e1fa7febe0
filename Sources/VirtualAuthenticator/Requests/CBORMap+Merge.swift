import CTAP2

extension CBORMap {
    /// Adds the entries of another map; what it has goes before what is here.
    mutating func merge(_ other: CBORMap) {
        for entry in other.entries {
            self[entry.key] = entry.value
        }
    }
}
