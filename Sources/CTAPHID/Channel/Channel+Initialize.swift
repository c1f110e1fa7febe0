extension Channel {
    /// Asks for a channel of our own, with INIT on the broadcast channel (CTAP 2.1 §11.2.9.1.3).
    @discardableResult
    package mutating func initialize(by deadline: Deadline) throws(CTAPHIDError) -> InitResponse {
        initResponse = nil
        try discardOldReports()
        let response = try exchangeInit(on: .broadcast, by: deadline)
        guard response.channel != .broadcast, response.channel != .reserved else {
            throw .framing(.invalidChannel(response.channel), .`init`)
        }
        initResponse = response
        isOutOfSync = false
        needsNewChannel = false
        return response
    }

    /// Makes sure that the channel is open and that key and program agree on it.
    mutating func synchronize(for command: HIDCommand, by deadline: Deadline) throws(CTAPHIDError) -> InitResponse {
        if Task.isCancelled { throw .cancelled(command, response: nil) }
        if deadline.hasPassed { throw .timedOut(command) }
        if isOutOfSync {
            do throws(CTAPHIDError) {
                try resynchronize(by: Deadline(after: timing.resync).earlier(of: deadline))
            } catch {
                switch error {
                case .disconnected, .cancelled, .io: throw error
                default: break  // the key no longer knows the channel: a new one will do
                }
            }
        }
        if let initResponse, !isOutOfSync, !needsNewChannel { return initResponse }
        return try initialize(by: deadline)
    }

    /// Has the key forget whatever is under way on our channel, with INIT on it.
    mutating func resynchronize(
        by deadline: Deadline,
        heedingCancellation: Bool = true
    ) throws(CTAPHIDError) {
        guard let initResponse else { return }
        _ = try exchangeInit(on: initResponse.channel, by: deadline, heedingCancellation: heedingCancellation)
        isOutOfSync = false
    }

    /// Sends INIT, again when the key is busy, until the answer with our nonce comes.
    ///
    /// On the broadcast channel answers and errors for other programs arrive too. They look like ours but for the
    /// nonce, so an error there is believed only after a while without an answer.
    private func exchangeInit(
        on channel: ChannelID,
        by deadline: Deadline,
        heedingCancellation: Bool = true
    ) throws(CTAPHIDError) -> InitResponse {
        var exchange = InitExchange(on: channel)
        var limit = Deadline(after: timing.silence).earlier(of: deadline)
        let busyLimit = Deadline(after: timing.busyLimit).earlier(of: deadline)
        var next: Deadline? = nil
        let request = try packets(of: exchange.request)
        try write(request)
        while true {
            if heedingCancellation, Task.isCancelled { throw .cancelled(.`init`, response: nil) }
            if limit.hasPassed {
                throw exchange.trouble ?? (deadline.hasPassed ? .timedOut(.`init`) : .silent(.`init`))
            }
            if let due = next, due.hasPassed {
                next = nil
                try write(request)
            }
            let readLimit = next?.earlier(of: limit) ?? limit
            guard let packet = try read(channel, by: readLimit, during: .`init`) else { continue }
            switch try exchange.add(packet) {
            case .more: continue
            case .answer(let response): return response
            case .busy:
                next = next ?? Deadline(after: timing.busyPause)
                limit = Deadline(after: timing.silence).earlier(of: busyLimit)
            case .trouble(let error):
                guard channel == .broadcast else { throw error }
                limit = Deadline(after: timing.foreignErrorGrace).earlier(of: limit)
            }
        }
    }
}
