/// One CTAPHID message: a request, a response, or a word in between.
public struct Message: Hashable, Sendable {
    public var channel: ChannelID
    public var command: HIDCommand
    public var payload: [UInt8]

    public init(channel: ChannelID, command: HIDCommand, payload: [UInt8] = []) {
        self.channel = channel
        self.command = command
        self.payload = payload
    }

    /// The most payload bytes that reports of `reportSize` bytes can carry: one initialization and 128 continuation
    /// packets, 7,609 for 64 (CTAP 2.1 §11.2.4). The length field holds no more than 65,535.
    public static func maximumPayload(reportSize: Int) -> Int {
        let first = max(0, reportSize - Packet.initializationHeaderSize)
        let rest = max(0, reportSize - Packet.continuationHeaderSize)
        return min(first + 128 * rest, Int(UInt16.max))
    }

    /// The packets that carry the message, in order, or `nil` when it is longer than reports of this size allow.
    public func packets(reportSize: Int) -> [Packet]? {
        guard
            reportSize > Packet.initializationHeaderSize,
            payload.count <= Self.maximumPayload(reportSize: reportSize),
            let byteCount = UInt16(exactly: payload.count)
        else { return nil }
        let firstSize = reportSize - Packet.initializationHeaderSize
        let nextSize = reportSize - Packet.continuationHeaderSize
        let first = Packet(
            channel: channel,
            kind: .initialization(command, byteCount: byteCount),
            data: Array(payload.prefix(firstSize))
        )
        var packets = [first]
        var rest = payload.dropFirst(firstSize)
        var sequence: UInt8 = 0
        while !rest.isEmpty {
            packets.append(
                Packet(channel: channel, kind: .continuation(sequence: sequence), data: Array(rest.prefix(nextSize)))
            )
            rest = rest.dropFirst(nextSize)
            sequence &+= 1
        }
        return packets
    }
}
