public import CTAPHID

/// A virtual key as a device of this process: needs no privileges, no device node and no thread.
public final class VirtualHIDDevice: HIDDevice {
    private let key: VirtualKey
    private let powerUp = ContinuousClock.now
    private var reports: [[UInt8]] = []
    private var isClosed = false

    public init(_ key: VirtualKey) {
        self.key = key
    }

    public var inputReportSize: Int { key.settings.reportSize }
    public var outputReportSize: Int { key.settings.reportSize }

    public func write(_ report: [UInt8]) throws(CTAPHIDError) {
        guard !isClosed else { throw .disconnected }
        key.receive(report, at: uptime)
        reports += key.takeReports()
    }

    public func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        let deadline = uptime + duration
        while true {
            guard !isClosed else { throw .disconnected }
            let now = uptime
            key.tick(at: now)
            reports += key.takeReports()
            if !reports.isEmpty { return reports.removeFirst() }
            guard now < deadline else { return nil }
            let wakeup = key.nextWakeup.map { min($0, deadline) } ?? deadline
            guard sleep(for: wakeup - now) else { return nil }
        }
    }

    public func close() {
        isClosed = true
        reports = []
    }

    private var uptime: Duration {
        ContinuousClock.now - powerUp
    }
}
