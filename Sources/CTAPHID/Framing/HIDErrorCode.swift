/// The code in a CTAPHID ERROR packet (CTAP 2.1 §11.2.9.1.6); unknown values are kept.
public struct HIDErrorCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let invalidCommand = HIDErrorCode(rawValue: 0x01)
    public static let invalidParameter = HIDErrorCode(rawValue: 0x02)
    public static let invalidLength = HIDErrorCode(rawValue: 0x03)
    public static let invalidSequence = HIDErrorCode(rawValue: 0x04)
    public static let messageTimeout = HIDErrorCode(rawValue: 0x05)
    public static let channelBusy = HIDErrorCode(rawValue: 0x06)
    public static let lockRequired = HIDErrorCode(rawValue: 0x0A)
    public static let invalidChannel = HIDErrorCode(rawValue: 0x0B)
    public static let other = HIDErrorCode(rawValue: 0x7F)
}

extension HIDErrorCode: CustomStringConvertible {
    /// The specification's name without its prefix, or the code in hexadecimal.
    public var description: String {
        switch self {
        case .invalidCommand: "INVALID_CMD"
        case .invalidParameter: "INVALID_PAR"
        case .invalidLength: "INVALID_LEN"
        case .invalidSequence: "INVALID_SEQ"
        case .messageTimeout: "MSG_TIMEOUT"
        case .channelBusy: "CHANNEL_BUSY"
        case .lockRequired: "LOCK_REQUIRED"
        case .invalidChannel: "INVALID_CHANNEL"
        case .other: "OTHER"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}
