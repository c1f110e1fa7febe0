/// Typed reads that name the member when it is missing or of another type.
extension CBORMap {
    /// The member's value read by `read`; throws when it is absent or `read` gives `nil`.
    public func required<T>(
        _ key: CBORValue,
        _ member: String,
        _ read: (CBORValue) -> T?
    ) throws(CBORError) -> T {
        guard let value = try optional(key, member, read) else { throw .missing(member: member) }
        return value
    }

    /// The member's value read by `read`, `nil` when it is absent; throws when `read` gives `nil`.
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
