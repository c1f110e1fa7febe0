/// Two items are equal when they say the same in CBOR: text compares by its bytes, not as Unicode does, and maps
/// whatever the order of their entries.
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
