public import CTAPHID

/// A virtual key as a device of this process: needs no privileges, no device node and no thread.
public final class VirtualHIDDevice: HIDDevice {
    private let key: any ReportKey
    private let powerUp = ContinuousClock.now
    private var reports: [[UInt8]] = []
    private var isClosed = false

    public init(_ key: any ReportKey) {
        self.key = key
    }

    public var inputReportSize: Int { key.settings.reportSize }
    public var outputReportSize: Int { key.settings.reportSize }

    public func write(_ report: [UInt8]) throws(CTAPHIDError) {
        try demandPresence()
        key.receive(report, at: uptime)
        reports += key.takeReports()
    }

    public func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        let deadline = uptime + duration
        while true {
            let now = uptime
            key.tick(at: now)
            reports += key.takeReports()
            if !reports.isEmpty { return reports.removeFirst() }
            try demandPresence()
            guard now < deadline else { return nil }
            let wakeup = key.nextWakeup.map { min($0, deadline) } ?? deadline
            guard sleep(for: wakeup - now) else { return nil }
        }
    }

    public func close() {
        isClosed = true
        reports = []
    }

    /// A key that was pulled out is gone once its last reports are read.
    private func demandPresence() throws(CTAPHIDError) {
        guard !isClosed, key.isPluggedIn else { throw .disconnected }
    }

    private var uptime: Duration {
        ContinuousClock.now - powerUp
    }
}
