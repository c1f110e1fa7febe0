/// Assembles the packets of one channel into messages: a pure state machine, without I/O or a clock.
///
/// It holds at most one incomplete message. Its owner must filter out the packets of other channels.
package struct MessageAssembler: Sendable {
    private var command: HIDCommand?
    private var channel = ChannelID.reserved
    private var byteCount = 0
    private var payload: [UInt8] = []
    private var nextSequence: UInt8 = 0

    package init() {}

    /// Whether a message has started and is not complete.
    package var isAssembling: Bool { command != nil }

    /// Adds one packet; returns the message once it is complete. An error discards the incomplete message.
    package mutating func add(_ packet: Packet) throws(FramingError) -> Message? {
        switch packet.kind {
        case .initialization(let command, let byteCount):
            if let incomplete = self.command {
                reset()
                throw .unexpectedInitialization(command, during: incomplete)
            }
            self.command = command
            self.channel = packet.channel
            self.byteCount = Int(byteCount)
            payload.reserveCapacity(self.byteCount)
        case .continuation(let sequence):
            guard command != nil else { throw .unexpectedContinuation(sequence: sequence) }
            guard sequence == nextSequence, sequence < 0x80 else {
                let expected = nextSequence
                reset()
                throw .wrongSequence(expected: expected, received: sequence)
            }
            nextSequence += 1
        }
        payload.append(contentsOf: packet.data.prefix(byteCount - payload.count))
        return finished()
    }

    /// Discards an incomplete message.
    package mutating func reset() {
        self = MessageAssembler()
    }

    private mutating func finished() -> Message? {
        guard let command, payload.count == byteCount else { return nil }
        let message = Message(channel: channel, command: command, payload: payload)
        reset()
        return message
    }
}
