/// The status in a KEEPALIVE (CTAP 2.1 §11.2.9.1.7); unknown values are kept.
public struct KeepaliveStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let processing = KeepaliveStatus(rawValue: 1)
    /// The key is waiting for a touch or another user gesture.
    public static let userPresenceNeeded = KeepaliveStatus(rawValue: 2)
}
