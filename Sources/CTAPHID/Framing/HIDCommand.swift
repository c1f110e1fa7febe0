/// A CTAPHID command, without the high bit that marks an initialization packet (CTAP 2.1 §11.2.9).
public struct HIDCommand: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    /// Takes the seven low bits of `rawValue`.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue & 0x7F
    }

    public static let ping = HIDCommand(rawValue: 0x01)
    public static let msg = HIDCommand(rawValue: 0x03)
    public static let lock = HIDCommand(rawValue: 0x04)
    public static let `init` = HIDCommand(rawValue: 0x06)
    public static let wink = HIDCommand(rawValue: 0x08)
    public static let cbor = HIDCommand(rawValue: 0x10)
    public static let cancel = HIDCommand(rawValue: 0x11)
    public static let keepalive = HIDCommand(rawValue: 0x3B)
    public static let error = HIDCommand(rawValue: 0x3F)
}

extension HIDCommand: CustomStringConvertible {
    /// The specification's name, or the code in hexadecimal.
    public var description: String {
        switch self {
        case .ping: "PING"
        case .msg: "MSG"
        case .lock: "LOCK"
        case .`init`: "INIT"
        case .wink: "WINK"
        case .cbor: "CBOR"
        case .cancel: "CANCEL"
        case .keepalive: "KEEPALIVE"
        case .error: "ERROR"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}
