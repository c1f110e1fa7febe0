import Platform

/// INIT as seen on one channel: tells our answer from those of other programs by its nonce. Pure.
struct InitExchange: Sendable {
    enum Event: Hashable, Sendable {
        case more
        case answer(InitResponse)
        case busy
        /// A packet that would end the exchange, if only it were certain to be for us.
        case trouble(CTAPHIDError)
    }

    let request: Message
    /// The last error, to be thrown when no answer comes.
    private(set) var trouble: CTAPHIDError?
    private var assembler = MessageAssembler()

    init(on channel: ChannelID) {
        let nonce = [UInt8].random(count: InitResponse.nonceSize)
        request = Message(channel: channel, command: .`init`, payload: nonce)
    }

    /// Takes the next packet of the channel. Throws `.framing` for an answer with our nonce that is too short.
    mutating func add(_ packet: Packet) throws(CTAPHIDError) -> Event {
        if case .initialization(.error, let byteCount) = packet.kind {
            guard byteCount > 0, let code = packet.data.first else {
                return remember(.framing(.wrongLength(.error, byteCount: Int(byteCount)), .`init`))
            }
            let event = remember(.device(HIDErrorCode(rawValue: code), .`init`))
            return code == HIDErrorCode.channelBusy.rawValue ? .busy : event
        }
        if case .initialization = packet.kind { assembler.reset() }
        // What is out of order belongs to an answer that began before us, or to another program's.
        guard let message = try? assembler.add(packet), message.command == .`init` else { return .more }
        guard message.payload.prefix(InitResponse.nonceSize).elementsEqual(request.payload) else { return .more }
        guard let response = InitResponse(payload: message.payload) else {
            throw .framing(.wrongLength(.`init`, byteCount: message.payload.count), .`init`)
        }
        return .answer(response)
    }

    private mutating func remember(_ error: CTAPHIDError) -> Event {
        trouble = error
        return .trouble(error)
    }
}
