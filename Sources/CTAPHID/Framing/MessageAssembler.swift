/// Puts the packets of one channel together into a message: a pure state machine, without input, output or clock.
///
/// It holds at most one unfinished message. Packets of other channels must be kept away by its owner.
public struct MessageAssembler: Sendable {
    private var command: HIDCommand?
    private var channel = ChannelID.reserved
    private var byteCount = 0
    private var payload: [UInt8] = []
    private var nextSequence: UInt8 = 0

    public init() {}

    /// Whether a message was begun and is not yet complete.
    public var isAssembling: Bool { command != nil }

    /// Takes one packet; returns the message when it is complete.
    ///
    /// After an error nothing is left of the unfinished message.
    public mutating func add(_ packet: Packet) throws(FramingError) -> Message? {
        switch packet.kind {
        case .initialization(let command, let byteCount):
            if let unfinished = self.command {
                reset()
                throw .unexpectedInitialization(command, during: unfinished)
            }
            self.command = command
            self.channel = packet.channel
            self.byteCount = Int(byteCount)
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

    /// Forgets an unfinished message.
    public mutating func reset() {
        self = MessageAssembler()
    }

    private mutating func finished() -> Message? {
        guard let command, payload.count == byteCount else { return nil }
        let message = Message(channel: channel, command: command, payload: payload)
        reset()
        return message
    }
}
