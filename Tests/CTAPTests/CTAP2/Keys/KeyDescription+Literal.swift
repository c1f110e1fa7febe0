public import CTAP2

/// A key that is nothing but its name, for tests of what happens among keys.
extension KeyDescription: ExpressibleByStringLiteral {
    public init(stringLiteral name: String) {
        self.init(name: name, path: name)
    }
}
