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
        packetSequence(reportSize: reportSize).map(Array.init)
    }

    /// The same packets, each made when it is sent.
    package func packetSequence(reportSize: Int) -> PacketSequence? {
        guard
            reportSize > Packet.initializationHeaderSize,
            payload.count <= Self.maximumPayload(reportSize: reportSize),
            let byteCount = UInt16(exactly: payload.count)
        else { return nil }
        return PacketSequence(message: self, byteCount: byteCount, reportSize: reportSize)
    }

    /// The packets of one message, which share its payload.
    package struct PacketSequence: Sequence, IteratorProtocol, Sendable {
        private let message: Message
        private let byteCount: UInt16
        private let reportSize: Int
        /// Where the data of the next packet begins.
        private var offset = 0
        /// `nil` before the first packet.
        private var sequence: UInt8?

        init(message: Message, byteCount: UInt16, reportSize: Int) {
            self.message = message
            self.byteCount = byteCount
            self.reportSize = reportSize
        }

        package mutating func next() -> Packet? {
            guard let sequence else {
                sequence = 0
                let kind = Packet.Kind.initialization(message.command, byteCount: byteCount)
                return packet(kind, headerSize: Packet.initializationHeaderSize)
            }
            guard offset < message.payload.count else { return nil }
            self.sequence = sequence &+ 1
            return packet(.continuation(sequence: sequence), headerSize: Packet.continuationHeaderSize)
        }

        private mutating func packet(_ kind: Packet.Kind, headerSize: Int) -> Packet {
            let end = Swift.min(offset + reportSize - headerSize, message.payload.count)
            defer { offset = end }
            return Packet(channel: message.channel, kind: kind, data: message.payload[offset..<end])
        }
    }
}
