/// One program's channel to one key: one request at a time, and its response (CTAP 2.1 §11.2.5).
///
/// The synchronous core of CTAPHID. A transaction is one function without a suspension point, so nothing can come
/// between its packets. It checks its task for cancellation, which cancels the request on the key. `Connection` makes
/// it asynchronous.
package struct Channel: ~Copyable {
    let device: any HIDDevice
    let timing: ChannelTiming
    /// The key's response to INIT; `nil` until the channel is open.
    package internal(set) var initResponse: InitResponse?
    /// Whether the end of a request was not seen: INIT must precede the next one.
    var isOutOfSync = false
    /// Whether the response to an abandoned request may still arrive on this channel: the next request needs another.
    /// INIT makes a key discard a request that it is receiving, but few keys stop one that they execute.
    var needsNewChannel = false
    /// The channel of an abandoned request that the key may still execute, so that it is not mistaken for another
    /// program's.
    var abandonedChannel: ChannelID?
    /// The foreign packets during the current request.
    var foreignTraffic = ForeignTraffic()
    /// Whether `.inUseByAnother` was reported during the current request.
    var hasReportedOtherProgram = false

    /// A channel to a device that was just opened; nothing is sent yet.
    package init(_ device: any HIDDevice, timing: ChannelTiming = ChannelTiming()) {
        self.device = device
        self.timing = timing
    }

    deinit {
        device.close()
    }

    /// Closes the device; every later request throws `.disconnected`.
    package mutating func close() {
        initResponse = nil
        device.close()
    }

    /// Sends a request and returns the payload of its response; opens the channel first when it is not open.
    ///
    /// CHANNEL_BUSY repeats the request until the deadline. When the task is cancelled, the deadline passes or the key
    /// falls silent, the request is cancelled on the key and its final response awaited, for at most 2 s, before the
    /// error is thrown.
    package mutating func transact(
        _ command: HIDCommand,
        _ payload: [UInt8] = [],
        by deadline: Deadline,
        onNews: (ChannelNews) -> Void = { _ in }
    ) throws(CTAPHIDError) -> [UInt8] {
        try transact(command, payload, by: deadline, silence: timing.silence, onNews: onNews)
    }

    mutating func transact(
        _ command: HIDCommand,
        _ payload: [UInt8],
        by deadline: Deadline,
        silence: Duration,
        onNews: (ChannelNews) -> Void
    ) throws(CTAPHIDError) -> [UInt8] {
        expectNews()
        let opened = try synchronize(for: command, by: deadline, onNews: onNews)
        try checkOffered(command, by: opened)
        let request = Message(channel: opened.channel, command: command, payload: payload)
        let packets = try packets(of: request)
        while true {
            try discardOldReports()
            isOutOfSync = true
            try write(packets)
            do throws(CTAPHIDError) {
                return try response(to: request, by: deadline, silence: silence, onNews: onNews)
            } catch {
                guard case .device(.channelBusy, _) = error else { throw error }
                reportBusy(to: onNews)
                try pauseWhileBusy(command, by: deadline)
                if deadline.hasPassed { throw error }
            }
        }
    }

    private func checkOffered(_ command: HIDCommand, by opened: InitResponse) throws(CTAPHIDError) {
        let isOffered =
            switch command {
            case .cbor: opened.capabilities.contains(.cbor)
            case .msg: !opened.capabilities.contains(.noMSG)
            case .wink: opened.capabilities.contains(.wink)
            default: true
            }
        guard isOffered else { throw .unsupported(command) }
    }

    /// Reads the response to a request that was sent. While the key works for another program it is not silent, even if
    /// it says nothing to us.
    private mutating func response(
        to request: Message,
        by deadline: Deadline,
        silence: Duration,
        onNews: (ChannelNews) -> Void
    ) throws(CTAPHIDError) -> [UInt8] {
        var reader = ReplyReader(to: request.command, reportSize: device.inputReportSize)
        var silenceEnd = Deadline(after: silence)
        while true {
            if Task.isCancelled {
                throw .cancelled(request.command, response: giveUp(request, reader))
            }
            if deadline.hasPassed {
                throw .timedOut(request.command, response: giveUp(request, reader))
            }
            if silenceEnd.hasPassed {
                throw .silent(request.command, response: giveUp(request, reader))
            }
            switch try read(request.channel, by: deadline.earlier(of: silenceEnd), during: request.command) {
            case .nothing: continue
            case .foreign(let packet):
                if isInUseByAnother(packet, onNews: onNews) { silenceEnd = Deadline(after: silence) }
            case .ours(let packet):
                silenceEnd = Deadline(after: silence)
                switch try add(packet, to: &reader) {
                case .more: continue
                case .keepalive(let status): onNews(.keepalive(status))
                case .reply(let payload): return payload
                }
            }
        }
    }

    /// Adds a packet of the reply. A reply or an ERROR ends the request and leaves the key idle.
    mutating func add(_ packet: Packet, to reader: inout ReplyReader) throws(CTAPHIDError) -> ReplyReader.Event {
        do throws(CTAPHIDError) {
            let event = try reader.add(packet)
            if case .reply = event {
                isOutOfSync = false
                if !needsNewChannel { abandonedChannel = nil }
            }
            return event
        } catch {
            if case .device(let code, _) = error { isOutOfSync = code == .invalidChannel }
            throw error
        }
    }

    /// Lets the key's other user continue, and discards the remaining responses to our request.
    private func pauseWhileBusy(_ command: HIDCommand, by deadline: Deadline) throws(CTAPHIDError) {
        let end = Deadline(after: timing.busyPause).earlier(of: deadline)
        while !end.hasPassed {
            if Task.isCancelled { throw .cancelled(command, response: nil) }
            _ = try device.read(within: slice(end.remaining))
        }
    }
}
