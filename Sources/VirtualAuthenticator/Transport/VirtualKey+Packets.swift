import CTAPHID

/// Incoming packets: checks their channel and order, and assembles messages.
extension VirtualKey {
    func receiveContinuation(_ packet: Packet, at now: Duration) {
        guard case .receiving(let assembler, packet.channel, _) = activity else { return }
        assemble(packet, with: assembler, at: now)
    }

    func receiveInitialization(_ packet: Packet, _ command: HIDCommand, byteCount: Int, at now: Duration) {
        let channel = packet.channel
        guard channel != .reserved, channel != .broadcast || command == .`init` else {
            return sendError(.invalidChannel, on: channel)
        }
        guard command == .`init` || channels.contains(channel) else {
            // CANCEL itself never has a response (CTAP 2.1 §11.2.9.1.5).
            return command == .cancel ? () : sendError(.invalidChannel, on: channel)
        }
        guard byteCount == requiredByteCount(of: command) ?? byteCount else {
            return sendError(.invalidLength, on: channel)
        }
        guard command != .cancel else { return cancel(on: channel) }
        if let lock, lock.excludes(channel, at: now) { return sendError(.channelBusy, on: channel) }
        if let owner, owner != channel {
            // A one-packet INIT does not disturb the transaction of another channel, so it is always answered.
            guard command == .`init`, packet.data.count >= byteCount else {
                return sendError(.channelBusy, on: channel)
            }
            return answerInit(on: channel, nonce: Array(packet.data.prefix(byteCount)))
        }
        guard command == .`init` || isFree(for: channel) else { return }
        abandonTransaction()
        guard byteCount <= Message.maximumPayload(reportSize: settings.reportSize) else {
            return sendError(.invalidLength, on: channel)
        }
        assemble(packet, with: MessageAssembler(), at: now)
    }

    /// Whether the transaction's own channel may begin a new request; otherwise answers with the error.
    private func isFree(for channel: ChannelID) -> Bool {
        switch activity {
        case .idle: return true
        case .receiving:
            activity = .idle
            sendError(.invalidSequence, on: channel)
        case .processing: sendError(.channelBusy, on: channel)
        }
        return false
    }

    private func assemble(_ packet: Packet, with assembler: MessageAssembler, at now: Duration) {
        var assembler = assembler
        activity = .idle
        do throws(FramingError) {
            if let message = try assembler.add(packet) {
                dispatch(message, at: now)
            } else {
                activity = .receiving(assembler, from: packet.channel, deadline: now + settings.messageTimeout)
            }
        } catch {
            sendError(.invalidSequence, on: packet.channel)
        }
    }

    private func requiredByteCount(of command: HIDCommand) -> Int? {
        switch command {
        case .`init`: 8
        case .lock: 1
        case .wink, .cancel: 0
        default: nil
        }
    }

    private var owner: ChannelID? {
        switch activity {
        case .idle: nil
        case .receiving(_, let channel, _), .processing(let channel, _, _): channel
        }
    }
}
