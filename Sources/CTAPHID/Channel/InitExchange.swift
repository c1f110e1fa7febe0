import Platform

/// INIT as seen on one channel: tells our response from other programs' by its nonce. Pure.
///
/// Each attempt has a fresh nonce, and a response to any of them counts (CTAP 2.1 §11.2.9.1.3): the nonce proves that
/// the channel was allocated for this program, however late the response is. A later response to another attempt
/// allocates a channel that stays unused.
struct InitExchange: Sendable {
    enum Event: Hashable, Sendable {
        case more
        case response(InitResponse)
        case busy
        /// An error that would end the exchange if it certainly were for us.
        case failure(CTAPHIDError)
    }

    /// Earlier attempts are forgotten: the key has had a second or more for each.
    private static let nonceLimit = 32

    /// The last error, to be thrown when no response arrives.
    private(set) var failure: CTAPHIDError?
    private let channel: ChannelID
    private var nonces: [[UInt8]] = []
    private var assembler = MessageAssembler()

    init(on channel: ChannelID) {
        self.channel = channel
    }

    /// The request for the next attempt.
    mutating func nextRequest() -> Message {
        let nonce = [UInt8].random(count: InitResponse.nonceSize)
        nonces = nonces.suffix(Self.nonceLimit - 1) + [nonce]
        return Message(channel: channel, command: .`init`, payload: nonce)
    }

    /// Adds the next packet of the channel. Throws `.framing` for a response with one of our nonces that is too short.
    mutating func add(_ packet: Packet) throws(CTAPHIDError) -> Event {
        if case .initialization(.error, let byteCount) = packet.kind {
            guard byteCount > 0, let code = packet.data.first else {
                return keep(.framing(.wrongLength(.error, byteCount: Int(byteCount)), .`init`))
            }
            let event = keep(.device(HIDErrorCode(rawValue: code), .`init`))
            return code == HIDErrorCode.channelBusy.rawValue ? .busy : event
        }
        if case .initialization = packet.kind { assembler.reset() }
        // A packet out of order belongs to a response that began before our request, or to another program's.
        guard let message = try? assembler.add(packet), message.command == .`init` else { return .more }
        guard nonces.contains(Array(message.payload.prefix(InitResponse.nonceSize))) else { return .more }
        guard let response = InitResponse(payload: message.payload) else {
            throw .framing(.wrongLength(.`init`, byteCount: message.payload.count), .`init`)
        }
        return .response(response)
    }

    private mutating func keep(_ error: CTAPHIDError) -> Event {
        failure = error
        return .failure(error)
    }
}
