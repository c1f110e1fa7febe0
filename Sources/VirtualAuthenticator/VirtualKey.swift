import CTAP2
import CTAPHID

/// A software-emulated FIDO2 security key at the level of HID reports. It protects nothing: see `KeyStorage`.
///
/// Pure and synchronous: reports go in with `receive`, time passes with `tick`, reports come out of `takeReports`. Times
/// are counted from power-up, which is when the object was made. One thread at a time may use it.
public final class VirtualKey: ReportKey {
    public let settings: KeySettings
    let authenticator: Authenticator
    private let observe: ((VirtualKeyEvent) -> Void)?
    private var channels: ChannelTable
    private var activity = Activity.idle
    private var lock: ChannelLock?
    private var reports: [[UInt8]] = []

    /// The one transaction that a key can be in (CTAP 2.1 §11.2.5.1).
    private enum Activity {
        case idle
        case receiving(MessageAssembler, from: ChannelID, deadline: Duration)
        case processing(for: ChannelID, KeepaliveStatus, nextKeepalive: Duration)
    }

    /// Powers the key up with what `storage` holds, or makes it anew there when it holds nothing.
    ///
    /// `observe` is told what happens, for logs; nothing it gets is secret.
    public init(
        settings: KeySettings = KeySettings(),
        storage: any KeyStorage,
        presence: any UserPresence,
        random: any RandomNumberGenerator = SystemRandomNumberGenerator(),
        observe: ((VirtualKeyEvent) -> Void)? = nil
    ) throws(KeyStorageError) {
        var random = random
        self.settings = settings
        self.observe = observe
        channels = ChannelTable(first: UInt32.random(in: 1...0x00FF_0000, using: &random))
        authenticator = try Authenticator(
            settings: settings,
            storage: storage,
            presence: presence,
            random: random,
            observe: observe
        )
    }

    /// Eight hexadecimal digits that stay the same as long as the state is kept.
    public var serialNumber: String { authenticator.store.serialNumber }

    /// Takes one report from a client, without report number; a short one is filled up with zeros, as USB controllers do.
    public func receive(_ report: [UInt8], at now: Duration) {
        tick(at: now)
        let padding = repeatElement(0 as UInt8, count: max(0, settings.reportSize - report.count))
        guard !report.isEmpty, report.count <= settings.reportSize, let packet = Packet(report: report + padding) else {
            observe?(.ignored(report))
            return
        }
        observe?(.received(packet))
        switch packet.kind {
        case .continuation: receiveContinuation(packet, at: now)
        case .initialization(let command, let byteCount):
            receiveInitialization(packet, command, byteCount: Int(byteCount), at: now)
        }
    }

    /// Lets time pass: time-outs, KEEPALIVE, touches that came.
    public func tick(at now: Duration) {
        switch activity {
        case .idle: break
        case .receiving(_, let channel, let deadline):
            guard deadline <= now else { break }
            activity = .idle
            sendError(.messageTimeout, on: channel)
        case .processing(let channel, let status, let nextKeepalive):
            follow(authenticator.advance(at: now), on: channel, after: status, nextKeepalive: nextKeepalive, at: now)
        }
    }

    /// When `tick` has something to do even if no report comes.
    public var nextWakeup: Duration? {
        switch activity {
        case .idle: nil
        case .receiving(_, _, let deadline): deadline
        case .processing(_, _, let nextKeepalive):
            authenticator.nextWakeup.map { min($0, nextKeepalive) } ?? nextKeepalive
        }
    }

    /// The reports for the clients since the last call, in order; each goes to every client.
    public func takeReports() -> [[UInt8]] {
        defer { reports = [] }
        return reports
    }
}

// MARK: - Packets in

extension VirtualKey {
    private func receiveContinuation(_ packet: Packet, at now: Duration) {
        guard case .receiving(let assembler, packet.channel, _) = activity else { return }
        assemble(packet, with: assembler, at: now)
    }

    private func receiveInitialization(_ packet: Packet, _ command: HIDCommand, byteCount: Int, at now: Duration) {
        let channel = packet.channel
        guard channel != .reserved, channel != .broadcast || command == .`init` else {
            return sendError(.invalidChannel, on: channel)
        }
        guard command == .`init` || channels.contains(channel) else {
            // CANCEL never has an answer of its own (CTAP 2.1 §11.2.9.1.5).
            return command == .cancel ? () : sendError(.invalidChannel, on: channel)
        }
        guard byteCount == requiredByteCount(of: command) ?? byteCount else {
            return sendError(.invalidLength, on: channel)
        }
        guard command != .cancel else { return cancel(on: channel) }
        if let lock, lock.excludes(channel, at: now) { return sendError(.channelBusy, on: channel) }
        if let owner, owner != channel {
            // INIT disturbs nobody else's transaction when it comes in one packet, so it is always answered.
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

    /// Whether a new request from the channel that owns the transaction may begin; says why not.
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

// MARK: - Commands

extension VirtualKey {
    private func dispatch(_ message: Message, at now: Duration) {
        switch message.command {
        case .`init`: answerInit(on: message.channel, nonce: message.payload)
        case .ping: send(message)
        case .wink:
            observe?(.winked)
            send(message)
        case .lock: takeLock(message, at: now)
        case .cbor where message.payload.isEmpty: sendError(.invalidLength, on: message.channel)
        case .cbor:
            follow(
                authenticator.begin(message.payload, at: now),
                on: message.channel,
                after: .processing,
                nextKeepalive: now + settings.keepaliveInterval,
                at: now
            )
        default: sendError(.invalidCommand, on: message.channel)
        }
    }

    private func answerInit(on channel: ChannelID, nonce: [UInt8]) {
        let assigned = channel == .broadcast ? channels.allocate() : channel
        channels.adopt(assigned)
        let (major, minor, build) = settings.deviceVersion
        let channelBytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: assigned.rawValue >> $0) }
        let capabilities: UInt8 = 0x01 | 0x04 | 0x08  // WINK, CBOR, no MSG
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

    /// CANCEL: ends a request of this channel that is under way, and is otherwise nothing (CTAP 2.1 §11.2.9.1.5).
    private func cancel(on channel: ChannelID) {
        guard case .processing(channel, _, _) = activity else { return }
        activity = .idle
        send(Message(channel: channel, command: .cbor, payload: authenticator.cancel()))
    }

    /// INIT on the own channel: whatever was going on is dropped without a word.
    private func abandonTransaction() {
        if case .processing = activity { _ = authenticator.cancel() }
        activity = .idle
    }

    private func follow(
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
            // At once when the status changes, else every 100 ms (CTAP 2.1 §11.2.9.2.1).
            var next = nextKeepalive
            if status != previous || nextKeepalive <= now {
                send(Message(channel: channel, command: .keepalive, payload: [status.rawValue]))
                next = now + settings.keepaliveInterval
            }
            activity = .processing(for: channel, status, nextKeepalive: next)
        }
    }
}

// MARK: - Packets out

extension VirtualKey {
    private func sendError(_ code: HIDErrorCode, on channel: ChannelID) {
        send(Message(channel: channel, command: .error, payload: [code.rawValue]))
    }

    private func send(_ message: Message) {
        guard let packets = message.packets(reportSize: settings.reportSize) else {
            return sendError(.other, on: message.channel)
        }
        for packet in packets {
            observe?(.sent(packet))
            reports.append(packet.report(size: settings.reportSize))
        }
    }
}
