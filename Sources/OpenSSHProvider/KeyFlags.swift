/// What OpenSSH demands of a key, or of a signature.
package struct KeyFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    static let userPresence = KeyFlags(rawValue: 0x01)
    static let userVerification = KeyFlags(rawValue: 0x04)
    /// Make a resident key even if the security key has one for the same application and user.
    static let force = KeyFlags(rawValue: 0x10)
    static let resident = KeyFlags(rawValue: 0x20)
}
