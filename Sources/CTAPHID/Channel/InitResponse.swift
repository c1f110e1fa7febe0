/// The capability flags in a response to INIT (CTAP 2.1 §11.2.9.1.3); unknown bits are kept.
public struct Capabilities: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let wink = Capabilities(rawValue: 0x01)
    public static let cbor = Capabilities(rawValue: 0x04)
    /// The key does *not* support MSG, and so no CTAP1/U2F.
    public static let noMSG = Capabilities(rawValue: 0x08)
}

/// A key's response to INIT (CTAP 2.1 §11.2.9.1.3).
public struct InitResponse: Hashable, Sendable {
    /// The vendor's version number of the device.
    public struct DeviceVersion: Hashable, Sendable {
        public var major: UInt8
        public var minor: UInt8
        public var build: UInt8

        package init(major: UInt8, minor: UInt8, build: UInt8) {
            self.major = major
            self.minor = minor
            self.build = build
        }
    }

    public var nonce: [UInt8]
    public var channel: ChannelID
    /// CTAPHID's version, 2 in all versions of CTAP so far.
    public var protocolVersion: UInt8
    public var deviceVersion: DeviceVersion
    public var capabilities: Capabilities

    /// Bytes in the nonce.
    package static let nonceSize = 8
    /// Bytes in a response; later versions of the protocol may append more.
    package static let minimumSize = 17

    /// Parses the payload; `nil` when it is shorter than `minimumSize`. Further bytes are ignored.
    package init?(payload: [UInt8]) {
        guard payload.count >= Self.minimumSize else { return nil }
        nonce = Array(payload[..<8])
        channel = ChannelID(rawValue: payload[8..<12].reduce(0) { $0 << 8 | UInt32($1) })
        protocolVersion = payload[12]
        deviceVersion = DeviceVersion(major: payload[13], minor: payload[14], build: payload[15])
        capabilities = Capabilities(rawValue: payload[16])
    }
}
