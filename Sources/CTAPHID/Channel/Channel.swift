/// One program's channel to one key: requests out, replies in, nothing in between (CTAP 2.1 §11.2.5).
///
/// The synchronous core of CTAPHID. A transaction is one function without a suspension point, so nothing can come
/// between its packets; it looks at the task that it runs in, and cancelling that task cancels the request on the key.
/// `Connection` makes it asynchronous.
package struct Channel: ~Copyable {
    let device: any HIDDevice
    let timing: ChannelTiming
    /// The key's answer to INIT; `nil` until the channel is open.
    package internal(set) var initResponse: InitResponse?
    /// Whether a request was begun and its end not seen: INIT must come before the next one.
    var isOutOfSync = false
    /// Whether the reply to a request that was given up may still come on this channel: the next request needs another.
    /// INIT makes a key forget a request that it is reading, and few keys one that they are working on.
    var needsNewChannel = false

    /// A channel to a device that was just opened; nothing is sent yet.
    package init(_ device: any HIDDevice, timing: ChannelTiming = ChannelTiming()) {
        self.device = device
        self.timing = timing
    }

    deinit {
        device.close()
    }

    /// Gives the device back; every later request throws `.disconnected`.
    package mutating func close() {
        initResponse = nil
        device.close()
    }

    /// Sends a request and returns the payload of its reply; opens the channel first when it is not open.
    ///
    /// `onKeepalive` is called for every KEEPALIVE. When the key says that it is busy with another program the request
    /// is repeated. When the task is cancelled, the deadline passes or the key falls silent, the request is cancelled
    /// on the key and its last word awaited before the error is thrown, for at most 2 s.
    package mutating func transact(
        _ command: HIDCommand,
        _ payload: [UInt8] = [],
        by deadline: Deadline,
        onKeepalive: (KeepaliveStatus) -> Void = { _ in }
    ) throws(CTAPHIDError) -> [UInt8] {
        try transact(command, payload, by: deadline, silence: timing.silence, onKeepalive: onKeepalive)
    }

    mutating func transact(
        _ command: HIDCommand,
        _ payload: [UInt8],
        by deadline: Deadline,
        silence: Duration,
        onKeepalive: (KeepaliveStatus) -> Void = { _ in }
    ) throws(CTAPHIDError) -> [UInt8] {
        let opened = try synchronize(for: command, by: deadline)
        try checkOffered(command, by: opened)
        let request = Message(channel: opened.channel, command: command, payload: payload)
        let packets = try packets(of: request)
        let busyLimit = Deadline(after: timing.busyLimit).earlier(of: deadline)
        while true {
            try discardOldReports()
            isOutOfSync = true
            try write(packets)
            do throws(CTAPHIDError) {
                return try reply(to: request, by: deadline, silence: silence, onKeepalive: onKeepalive)
            } catch {
                guard case .device(.channelBusy, _) = error else { throw error }
                try pauseWhileBusy(command, by: busyLimit)
                if busyLimit.hasPassed { throw error }
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

    /// Reads the reply to a request that was sent.
    private mutating func reply(
        to request: Message,
        by deadline: Deadline,
        silence: Duration,
        onKeepalive: (KeepaliveStatus) -> Void
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
            let limit = deadline.earlier(of: silenceEnd)
            guard let packet = try read(request.channel, by: limit, during: request.command) else { continue }
            silenceEnd = Deadline(after: silence)
            switch try add(packet, to: &reader) {
            case .more: continue
            case .keepalive(let status): onKeepalive(status)
            case .reply(let payload): return payload
            }
        }
    }

    /// Takes a packet of the reply; a reply or an ERROR ends the request, and the key is idle again.
    mutating func add(_ packet: Packet, to reader: inout ReplyReader) throws(CTAPHIDError) -> ReplyReader.Event {
        do throws(CTAPHIDError) {
            let event = try reader.add(packet)
            if case .reply = event { isOutOfSync = false }
            return event
        } catch {
            if case .device(let code, _) = error { isOutOfSync = code == .invalidChannel }
            throw error
        }
    }

    /// Lets the key's other user go on, and throws away whatever it still says to our request.
    private func pauseWhileBusy(_ command: HIDCommand, by limit: Deadline) throws(CTAPHIDError) {
        let end = Deadline(after: timing.busyPause).earlier(of: limit)
        while !end.hasPassed {
            if Task.isCancelled { throw .cancelled(command, response: nil) }
            _ = try device.read(within: slice(end.remaining))
        }
    }
}
