public import CTAPHID
import Dispatch
import Platform

/// A virtual key as a device in this process, without privileges, a device node or a thread.
public final class VirtualHIDDevice: HIDDevice {
    private let key: any EmulatedKey
    private let powerUp = ContinuousClock.now
    private var reports: [[UInt8]] = []
    private var isClosed = false
    /// Signalled to make `read` return.
    private let wakeUp = DispatchSemaphore(value: 0)

    public init(_ key: any EmulatedKey) {
        self.key = key
    }

    public var inputReportSize: Int { key.settings.reportSize }
    public var outputReportSize: Int { key.settings.reportSize }

    public func write(_ report: [UInt8]) throws(CTAPHIDError) {
        try requirePresence()
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
            try requirePresence()
            guard now < deadline else { return nil }
            let wakeup = key.nextWakeup.map { min($0, deadline) } ?? deadline
            guard !isInterrupted(within: wakeup - now) else { return nil }
        }
    }

    public var interrupt: (@Sendable () -> Void)? {
        { [wakeUp] in wakeUp.signal() }
    }

    /// Waits; returns `true` if `interrupt` was called meanwhile or before. Several calls count as one.
    private func isInterrupted(within duration: Duration) -> Bool {
        let end = DispatchTime.now() + .nanoseconds(Int(duration.inNanoseconds))
        guard wakeUp.wait(timeout: end) == .success else { return false }
        while wakeUp.wait(timeout: .now()) == .success {}
        return true
    }

    public func close() {
        isClosed = true
        reports = []
    }

    /// Throws if the device was closed or the key unplugged; `read` checks this once no reports are left.
    private func requirePresence() throws(CTAPHIDError) {
        guard !isClosed, key.isPluggedIn else { throw .disconnected }
    }

    private var uptime: Duration {
        ContinuousClock.now - powerUp
    }
}
