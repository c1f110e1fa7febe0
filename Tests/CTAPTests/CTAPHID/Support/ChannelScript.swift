import Testing

@testable import CTAPHID

/// The channel that the scripted keys allocate.
let ours = ChannelID(rawValue: 0x0102_0304)
/// A channel of some other program.
let theirs = ChannelID(rawValue: 0x0A0B_0C0D)

extension [ScriptedDevice.Step] {
    /// INIT on the broadcast channel and its answer.
    static var open: Self { initialize(on: .broadcast) }

    /// INIT on `channel` and its response, which allocates `ours`.
    static func initialize(on channel: ChannelID, capabilities: Capabilities = [.wink, .cbor]) -> Self {
        [.writeInit(channel), .answerInit(on: channel, capabilities: capabilities)]
    }

    static func write(
        _ command: HIDCommand,
        _ payload: [UInt8] = [],
        on channel: ChannelID = ours,
        size: Int = 64
    ) -> Self {
        let message = Message(channel: channel, command: command, payload: payload)
        return (message.packets(reportSize: size) ?? []).map { .write($0.report(size: size)) }
    }

    static func read(
        _ command: HIDCommand,
        _ payload: [UInt8] = [],
        on channel: ChannelID = ours,
        size: Int = 64
    ) -> Self {
        let message = Message(channel: channel, command: command, payload: payload)
        return (message.packets(reportSize: size) ?? []).map { .read($0.report(size: size)) }
    }
}

extension ScriptedDevice.Step {
    /// `attempt` is the index of the INIT to answer; the default is the last one.
    static func answerInit(
        on channel: ChannelID = .broadcast,
        toAttempt attempt: Int? = nil,
        handingOut allocated: ChannelID = ours,
        capabilities: Capabilities = [.wink, .cbor],
        extra: [UInt8] = []
    ) -> Self {
        .readInit(attempt: attempt) { nonce in
            let id = (0..<4).map { UInt8(truncatingIfNeeded: allocated.rawValue >> (24 - 8 * $0)) }
            let payload = nonce + id + [2, 5, 7, 1, capabilities.rawValue] + extra
            return report(.`init`, payload, on: channel)
        }
    }

    static func keepalive(_ status: UInt8, on channel: ChannelID = ours) -> Self {
        .read(report(.keepalive, [status], on: channel))
    }

    static func error(_ code: UInt8, on channel: ChannelID = ours) -> Self {
        .read(report(.error, [code], on: channel))
    }

    static var cancelTask: Self { .perform { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } } }
}

/// The first report of a message.
func report(_ command: HIDCommand, _ payload: [UInt8], on channel: ChannelID = ours) -> [UInt8] {
    let packet = Packet(
        channel: channel,
        kind: .initialization(command, byteCount: UInt16(truncatingIfNeeded: payload.count)),
        data: payload
    )
    return packet.report(size: 64)
}

/// A continuation report.
func continuation(_ sequence: UInt8, _ data: [UInt8], on channel: ChannelID = ours) -> [UInt8] {
    Packet(channel: channel, kind: .continuation(sequence: sequence), data: data).report(size: 64)
}

extension ChannelTiming {
    /// The usual limits with one of them shortened, for a test in which only that one expires.
    static func with(_ key: WritableKeyPath<ChannelTiming, Duration>, _ duration: Duration) -> ChannelTiming {
        var timing = ChannelTiming()
        timing.resync = .seconds(5)
        timing[keyPath: key] = duration
        return timing
    }
}

/// Runs `body` on a channel to a scripted key, in a task that the script may cancel, and on a thread that it may block.
@discardableResult
func scripted<R: Sendable>(
    _ steps: sending [ScriptedDevice.Step],
    timing: ChannelTiming = ChannelTiming(),
    inputReportSize: Int = 64,
    outputReportSize: Int = 64,
    location: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable (inout Channel) throws(CTAPHIDError) -> R
) async throws(CTAPHIDError) -> R {
    let device = ScriptedDevice(steps, inputReportSize: inputReportSize, outputReportSize: outputReportSize)
    let task = Task(executorPreference: SerialQueueExecutor(label: "scripted key")) {
        var channel = Channel(device, timing: timing)
        let result: Result<R, CTAPHIDError>
        do throws(CTAPHIDError) {
            result = .success(try body(&channel))
        } catch {
            result = .failure(error)
        }
        device.expectUsedUp(location)
        return result
    }
    return try await task.value.get()
}

extension Deadline {
    /// Far enough away for tests in which it must not pass.
    static var far: Deadline { Deadline(after: .seconds(90)) }
}

extension [ScriptedDevice.Step] {
    /// A wire log as a script; INIT's nonce, which is new every time, is put in where the log has the old one.
    static func replay(_ records: [TraceRecord]) -> Self {
        var nonce: [UInt8] = []
        return records.map { record in
            let bytes = [UInt8](hex: record.report) ?? []
            guard let packet = Packet(report: bytes), case .initialization(.`init`, _) = packet.kind else {
                return record.direction == .out ? .write(bytes) : .read(bytes)
            }
            if record.direction == .out {
                nonce = packet.data.prefix(8).map(\.self)
                return .writeInit(packet.channel)
            }
            guard packet.data.prefix(8).elementsEqual(nonce) else { return .read(bytes) }
            return .readInit { bytes.prefix(7) + $0 + bytes.dropFirst(15) }
        }
    }
}
