import Platform

/// A logical channel between one program and the key (CTAP 2.1 §11.2.3): four bytes, big-endian on the wire.
public struct ChannelID: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Where a program without a channel requests one.
    package static let broadcast = ChannelID(rawValue: 0xFFFF_FFFF)
    /// Never allocated.
    package static let reserved = ChannelID(rawValue: 0)
}

extension ChannelID: CustomStringConvertible {
    /// Eight hexadecimal digits, as on the wire.
    public var description: String {
        rawValue.hexadecimal
    }
}
