import Platform

/// Forwards everything to another device and logs it without secrets.
///
/// Only layers above CTAPHID know what a message holds, so the owner decides which requests are secret; their responses
/// are secret too. Of other programs' packets only the headers are logged.
package final class TraceDevice: HIDDevice {
    private let device: any HIDDevice
    private let name: String
    private let start: ContinuousClock.Instant
    private let isSecret: (HIDCommand, [UInt8]) -> Bool
    private let record: (TraceRecord) -> Void
    /// Our channels, and whether the last request on each is secret.
    private var requests: [ChannelID: Bool] = [:]

    /// Logs one JSON object per report, without a line feed, to `log`, which is called on the thread that uses the
    /// device. Each holds `time` (seconds since `start`), `device` (`name`), `direction`, `redacted` and `report`.
    ///
    /// `isSecret` receives a request's command and as much of its payload as its first report holds.
    package convenience init(
        _ device: any HIDDevice,
        name: String,
        since start: ContinuousClock.Instant = .now,
        isSecret: @escaping (HIDCommand, [UInt8]) -> Bool,
        log: @escaping (String) -> Void
    ) {
        self.init(device, name: name, since: start, isSecret: isSecret, record: { log($0.line) })
    }

    package init(
        _ device: any HIDDevice,
        name: String,
        since start: ContinuousClock.Instant = .now,
        isSecret: @escaping (HIDCommand, [UInt8]) -> Bool,
        record: @escaping (TraceRecord) -> Void
    ) {
        self.device = device
        self.name = name
        self.start = start
        self.isSecret = isSecret
        self.record = record
    }

    package var inputReportSize: Int { device.inputReportSize }
    package var outputReportSize: Int { device.outputReportSize }
    package var interrupt: (@Sendable () -> Void)? { device.interrupt }

    package func write(_ report: [UInt8]) throws(CTAPHIDError) {
        if let packet = Packet(report: report), case .initialization(let command, let byteCount) = packet.kind,
            command != .cancel
        {
            requests[packet.channel] = isSecret(command, Array(packet.data.prefix(Int(byteCount))))
        }
        log(.out, report)
        try device.write(report)
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
        let shown = redacted(report)
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

    private func redacted(_ report: [UInt8]) -> [UInt8] {
        let kept: Int
        switch Packet(report: report) {
        case nil: return report
        case .some(let packet) where requests[packet.channel] == false: return report
        case .some(let packet):
            switch packet.kind {
            case .initialization(.keepalive, _), .initialization(.error, _): return report
            // The first byte of our own messages is the command or the status.
            case .initialization: kept = Packet.initializationHeaderSize + (requests[packet.channel] == nil ? 0 : 1)
            case .continuation: kept = Packet.continuationHeaderSize
            }
        }
        return report.prefix(kept) + [UInt8](repeating: 0, count: max(0, report.count - kept))
    }
}
