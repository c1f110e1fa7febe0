/// One CTAPHID message: a request, a response, or a KEEPALIVE or ERROR between them.
package struct Message: Hashable, Sendable {
    package var channel: ChannelID
    package var command: HIDCommand
    package var payload: [UInt8]

    package init(channel: ChannelID, command: HIDCommand, payload: [UInt8] = []) {
        self.channel = channel
        self.command = command
        self.payload = payload
    }

    /// The most payload bytes that fit one initialization and 128 continuation packets of `reportSize` bytes: 7,609 for
    /// 64 (CTAP 2.1 §11.2.4). The length field ends at 65,535.
    package static func maximumPayload(reportSize: Int) -> Int {
        let first = max(0, reportSize - Packet.initializationHeaderSize)
        let rest = max(0, reportSize - Packet.continuationHeaderSize)
        return min(first + 128 * rest, Int(UInt16.max))
    }

    /// The packets of the message, in order; `nil` when it is too long for reports of this size.
    package func packets(reportSize: Int) -> [Packet]? {
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
            data: payload.prefix(firstSize)
        )
        var packets = [first]
        packets.reserveCapacity(1 + (max(0, payload.count - firstSize) + nextSize - 1) / nextSize)
        var rest = payload.dropFirst(firstSize)
        var sequence: UInt8 = 0
        while !rest.isEmpty {
            packets.append(
                Packet(channel: channel, kind: .continuation(sequence: sequence), data: rest.prefix(nextSize))
            )
            rest = rest.dropFirst(nextSize)
            sequence &+= 1
        }
        return packets
    }
}
