import CTAPHID

/// The messages of CTAPHID (CTAP 2.1 §11.2.9).
extension VirtualKey {
    func dispatch(_ message: Message, at now: Duration) {
        switch message.command {
        case .`init`: answerInit(on: message.channel, nonce: message.payload)
        case .ping: send(message)
        case .wink:
            observe?(.winked)
            send(message)
        case .lock: takeLock(message, at: now)
        case .msg where settings.u2f != .none:
            send(Message(channel: message.channel, command: .msg, payload: u2f.answer(message.payload, at: now)))
        case .cbor where settings.u2f == .only: sendError(.invalidCommand, on: message.channel)
        case .cbor where message.payload.isEmpty: sendError(.invalidLength, on: message.channel)
        case .cbor:
            u2f.stopWaiting()
            follow(
                authenticator.begin(message.payload, from: message.channel, at: now),
                on: message.channel,
                after: .processing,
                nextKeepalive: now + settings.keepaliveInterval,
                at: now
            )
        default: sendError(.invalidCommand, on: message.channel)
        }
    }

    func answerInit(on channel: ChannelID, nonce: [UInt8]) {
        let assigned = channel == .broadcast ? channels.allocate() : channel
        channels.adopt(assigned)
        let (major, minor, build) = settings.deviceVersion
        let channelBytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: assigned.rawValue >> $0) }
        // WINK, CBOR, no MSG
        let capabilities: UInt8 = 0x01 | (settings.u2f == .only ? 0 : 0x04) | (settings.u2f == .none ? 0x08 : 0)
        send(
            Message(
                channel: channel,
                command: .`init`,
                payload: nonce + channelBytes + [2, major, minor, build, capabilities]
            )
        )
    }

    private func takeLock(_ message: Message, at now: Duration) {
        guard let seconds = message.payload.first, seconds <= 10 else {
            return sendError(.invalidParameter, on: message.channel)
        }
        lock = seconds == 0 ? nil : ChannelLock(holder: message.channel, end: now + .seconds(Int(seconds)))
        send(Message(channel: message.channel, command: .lock))
    }

    /// CANCEL: ends the current request of this channel; otherwise it is ignored (CTAP 2.1 §11.2.9.1.5).
    func cancel(on channel: ChannelID) {
        guard case .processing(channel, _, _) = activity else { return }
        activity = .idle
        send(Message(channel: channel, command: .cbor, payload: authenticator.cancel()))
    }

    /// INIT on the transaction's own channel: drops the transaction without an answer.
    func abandonTransaction() {
        if case .processing = activity { _ = authenticator.cancel() }
        activity = .idle
    }

    func follow(
        _ progress: CommandProgress,
        on channel: ChannelID,
        after previous: KeepaliveStatus,
        nextKeepalive: Duration,
        at now: Duration
    ) {
        switch progress {
        case .finished(let response):
            activity = .idle
            send(Message(channel: channel, command: .cbor, payload: response))
        case .running(let status):
            // At once when the status changes, otherwise every 100 ms (CTAP 2.1 §11.2.9.2.1).
            var next = nextKeepalive
            if status != previous || nextKeepalive <= now {
                send(Message(channel: channel, command: .keepalive, payload: [status.rawValue]))
                next = now + settings.keepaliveInterval
            }
            activity = .processing(for: channel, status, nextKeepalive: next)
        }
    }
}
