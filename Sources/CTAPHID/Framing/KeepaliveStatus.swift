/// What a key says it is doing while a request is under way (CTAP 2.1 §11.2.9.2.1); unknown values are kept.
public struct KeepaliveStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let processing = KeepaliveStatus(rawValue: 1)
    /// The key waits for a touch or another gesture of its user.
    public static let userPresenceNeeded = KeepaliveStatus(rawValue: 2)
}
