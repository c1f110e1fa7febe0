import Platform

/// Forwards everything to another device and logs it without secrets.
///
/// Only layers above CTAPHID know what a message holds, so the owner decides what is secret. Of other programs' packets
/// only the headers are logged.
package final class TraceDevice: HIDDevice {
    private let device: any HIDDevice
    private let name: String
    private let start: ContinuousClock.Instant
    private let secrecy: (HIDCommand, [UInt8]) -> TraceSecrecy
    private let record: (TraceRecord) -> Void
    /// The last request on each of our channels.
    private var requests: [ChannelID: Request] = [:]

    /// A request as far as it was sent.
    private struct Request {
        let command: HIDCommand
        let byteCount: Int
        var payload: [UInt8] = []
        var secrecy = TraceSecrecy.nothing
    }

    /// Logs one JSON object per report, without a line feed, to `log`, which is called on the thread that uses the
    /// device. Each holds `time` (seconds since `start`), `device` (`name`), `direction`, `redacted` and `report`.
    ///
    /// `secrecy` is called for each report of a request, with the request's command and its payload up to there.
    package convenience init(
        _ device: any HIDDevice,
        name: String,
        since start: ContinuousClock.Instant = .now,
        secrecy: @escaping (HIDCommand, [UInt8]) -> TraceSecrecy,
        log: @escaping (String) -> Void
    ) {
        self.init(device, name: name, since: start, secrecy: secrecy, record: { log($0.line) })
    }

    package init(
        _ device: any HIDDevice,
        name: String,
        since start: ContinuousClock.Instant = .now,
        secrecy: @escaping (HIDCommand, [UInt8]) -> TraceSecrecy,
        record: @escaping (TraceRecord) -> Void
    ) {
        self.device = device
        self.name = name
        self.start = start
        self.secrecy = secrecy
        self.record = record
    }

    package var inputReportSize: Int { device.inputReportSize }
    package var outputReportSize: Int { device.outputReportSize }
    package var interrupt: (@Sendable () -> Void)? { device.interrupt }

    package func write(_ report: [UInt8]) throws(CTAPHIDError) {
        if let packet = Packet(report: report) { note(packet) }
        log(.out, report)
        try device.write(report)
    }

    /// Adds a packet to the request on its channel; CANCEL belongs to the request before it.
    private func note(_ packet: Packet) {
        switch packet.kind {
        case .initialization(.cancel, _): return
        case .initialization(let command, let byteCount):
            requests[packet.channel] = Request(command: command, byteCount: Int(byteCount))
        case .continuation: break
        }
        guard var request = requests[packet.channel] else { return }
        request.payload += packet.data.prefix(request.byteCount - request.payload.count)
        request.secrecy = secrecy(request.command, request.payload)
        requests[packet.channel] = request
    }

    package func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        let report = try device.read(within: duration)
        if let report { log(.in, report) }
        return report
    }

    package func close() {
        device.close()
    }

    private func log(_ direction: TraceRecord.Direction, _ report: [UInt8]) {
        let shown = redacted(report, direction)
        let time = (ContinuousClock.now - start).inSeconds
        let record = TraceRecord(
            time: time,
            device: name,
            direction: direction,
            report: shown,
            redacted: shown != report
        )
        self.record(record)
    }

    private func redacted(_ report: [UInt8], _ direction: TraceRecord.Direction) -> [UInt8] {
        guard let packet = Packet(report: report) else { return report }
        let request = requests[packet.channel]
        switch request?.secrecy {
        case .nothing: return report
        case .response where direction == .out: return report
        case .response, .everything, nil: break
        }
        let kept: Int
        switch packet.kind {
        case .initialization(.keepalive, _), .initialization(.error, _): return report
        // The first byte of our own messages is the command or the status.
        case .initialization: kept = Packet.initializationHeaderSize + (request == nil ? 0 : 1)
        case .continuation: kept = Packet.continuationHeaderSize
        }
        return report.prefix(kept) + [UInt8](repeating: 0, count: max(0, report.count - kept))
    }
}

/// What a wire log replaces by zeros.
package enum TraceSecrecy: Hashable, Sendable {
    case nothing
    /// The key's response.
    case response
    /// The request and its response.
    case everything
}
