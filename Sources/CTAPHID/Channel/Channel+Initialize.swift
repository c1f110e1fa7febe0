extension Channel {
    /// Allocates a channel of our own with INIT on the broadcast channel (CTAP 2.1 §11.2.9.1.3).
    @discardableResult
    package mutating func initialize(
        by deadline: Deadline,
        onNews: (ChannelNews) -> Void = { _ in }
    ) throws(CTAPHIDError) -> InitResponse {
        expectNews()
        return try allocate(by: deadline, onNews: onNews)
    }

    private mutating func allocate(
        by deadline: Deadline,
        onNews: (ChannelNews) -> Void
    ) throws(CTAPHIDError) -> InitResponse {
        initResponse = nil
        try discardOldReports()
        let response = try exchangeInit(on: .broadcast, by: deadline, onNews: onNews)
        guard response.channel != .broadcast, response.channel != .reserved else {
            throw .framing(.invalidChannel(response.channel), .`init`)
        }
        initResponse = response
        isOutOfSync = false
        needsNewChannel = false
        return response
    }

    /// Makes sure that the channel is open and that key and program agree on its state.
    mutating func synchronize(
        for command: HIDCommand,
        by deadline: Deadline,
        onNews: (ChannelNews) -> Void
    ) throws(CTAPHIDError) -> InitResponse {
        if Task.isCancelled { throw .cancelled(command, response: nil) }
        if deadline.hasPassed { throw .timedOut(command) }
        if isOutOfSync {
            do throws(CTAPHIDError) {
                try resynchronize(by: Deadline(after: timing.resync).earlier(of: deadline))
            } catch {
                switch error {
                case .disconnected, .cancelled, .io: throw error
                default: break  // The key no longer knows the channel: allocate a new one.
                }
            }
        }
        if let initResponse, !isOutOfSync, !needsNewChannel { return initResponse }
        return try allocate(by: deadline, onNews: onNews)
    }

    /// Makes the key discard whatever is in progress on our channel, with INIT on it.
    mutating func resynchronize(
        by deadline: Deadline,
        heedingCancellation: Bool = true
    ) throws(CTAPHIDError) {
        guard let initResponse else { return }
        _ = try exchangeInit(on: initResponse.channel, by: deadline, heedingCancellation: heedingCancellation)
        isOutOfSync = false
    }

    /// Sends INIT, again when the key is busy or does not respond, until a response with one of our nonces arrives.
    ///
    /// On the broadcast channel, responses and errors for other programs arrive too. Only the nonce tells a response of
    /// ours, so an error there counts only after a while without one. A key that works for another program may drop
    /// INIT, but is not silent: then only the deadline ends the wait.
    private mutating func exchangeInit(
        on channel: ChannelID,
        by deadline: Deadline,
        heedingCancellation: Bool = true,
        onNews: (ChannelNews) -> Void = { _ in }
    ) throws(CTAPHIDError) -> InitResponse {
        var exchange = InitExchange(on: channel)
        var limit = Deadline(after: timing.silence).earlier(of: deadline)
        var nextAttempt = Deadline(after: .zero)
        while true {
            if heedingCancellation, Task.isCancelled { throw .cancelled(.`init`, response: nil) }
            if limit.hasPassed {
                throw exchange.failure ?? (deadline.hasPassed ? .timedOut(.`init`) : .silent(.`init`))
            }
            if nextAttempt.hasPassed {
                try write(packets(of: exchange.nextRequest()))
                nextAttempt = Deadline(after: timing.initRetry)
            }
            switch try read(channel, by: nextAttempt.earlier(of: limit), during: .`init`) {
            case .nothing: continue
            case .foreign(let packet):
                guard isInUseByAnother(packet, onNews: onNews) else { continue }
                limit = Deadline(after: timing.silence).earlier(of: deadline)
            case .ours(let packet):
                switch try exchange.add(packet) {
                case .more: continue
                case .response(let response): return response
                case .busy:
                    reportBusy(to: onNews)
                    nextAttempt = Deadline(after: timing.busyPause).earlier(of: nextAttempt)
                    limit = Deadline(after: timing.silence).earlier(of: deadline)
                case .failure(let error):
                    guard channel == .broadcast else { throw error }
                    limit = Deadline(after: timing.foreignErrorGrace).earlier(of: limit)
                }
            }
        }
    }
}
