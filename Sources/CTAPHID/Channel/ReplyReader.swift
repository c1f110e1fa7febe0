/// Reads the packets of one channel as the reply to one request: pure, like `MessageAssembler` underneath.
///
/// KEEPALIVE and ERROR are single packets and are accepted anywhere, even between the packets of a reply.
struct ReplyReader: Sendable {
    enum Event: Hashable, Sendable {
        /// The reply is not complete yet.
        case more
        case keepalive(KeepaliveStatus)
        case reply([UInt8])
    }

    let command: HIDCommand
    private let maximumPayload: Int
    private var assembler = MessageAssembler()

    init(to command: HIDCommand, reportSize: Int) {
        self.command = command
        maximumPayload = Message.maximumPayload(reportSize: reportSize)
    }

    /// Whether the reply has started and is not complete.
    var isMidReply: Bool { assembler.isAssembling }

    /// Adds the next packet. Throws `.device` for ERROR, `.framing` for a packet that is invalid here.
    mutating func add(_ packet: Packet) throws(CTAPHIDError) -> Event {
        if case .initialization(let received, let byteCount) = packet.kind {
            switch received {
            case .keepalive:
                return .keepalive(KeepaliveStatus(rawValue: try code(in: packet, received, byteCount)))
            case .error:
                throw .device(HIDErrorCode(rawValue: try code(in: packet, received, byteCount)), command)
            default:
                try checkStart(received, byteCount: Int(byteCount))
            }
        }
        do throws(FramingError) {
            guard let message = try assembler.add(packet) else { return .more }
            return .reply(message.payload)
        } catch {
            throw .framing(error, command)
        }
    }

    private func checkStart(_ received: HIDCommand, byteCount: Int) throws(CTAPHIDError) {
        guard received == command else {
            throw .framing(.wrongCommand(expected: command, received: received), command)
        }
        guard byteCount <= maximumPayload else {
            throw .framing(.tooLong(byteCount: byteCount, maximum: maximumPayload), command)
        }
    }

    private func code(
        in packet: Packet,
        _ received: HIDCommand,
        _ byteCount: UInt16
    ) throws(CTAPHIDError) -> UInt8 {
        guard byteCount > 0, let code = packet.data.first else {
            throw .framing(.wrongLength(received, byteCount: Int(byteCount)), command)
        }
        return code
    }
}
