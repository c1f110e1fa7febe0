/// Tracks which keys were reported, and turns each new scan into events. Pure.
struct DeviceTracker: Sendable {
    /// A new node belongs to root at first. A key that cannot be opened is reported only if that lasts.
    static let settleTime = Duration.seconds(2)
    /// The limit while udevd has yet to process the node: not even a busy machine takes longer.
    static let settleTimeWithUdev = Duration.seconds(10)

    private struct Settling {
        let key: HIDDeviceInfo
        let since: ContinuousClock.Instant
        var until: ContinuousClock.Instant
    }

    private var reported: [HIDDeviceInfo] = []
    private var settling: [Settling] = []

    /// Whether a key is settling, so that the next scan should come soon.
    var isSettling: Bool { !settling.isEmpty }

    /// The first scan: every key is reported.
    mutating func begin(with found: [HIDDeviceInfo]) -> [KeyEvent<HIDDeviceInfo>] {
        reported = found
        return found.map { .added($0) } + [.initialScanComplete]
    }

    /// The events that lead from the reported keys to those that were found at `now`.
    mutating func update(_ found: [HIDDeviceInfo], at now: ContinuousClock.Instant) -> [KeyEvent<HIDDeviceInfo>] {
        var events: [KeyEvent<HIDDeviceInfo>] = []
        for old in reported where !found.contains(where: { old.isStill($0) }) {
            events.append(.removed(old))
        }
        reported.removeAll { old in events.contains(.removed(old)) }
        let new = found.filter { key in !reported.contains { $0.isStill(key) } }
        settling = settling.filter { entry in new.contains(where: entry.key.isSamePlug) }
        for key in new {
            guard key.access == .granted || endOfSettling(of: key, at: now) <= now else { continue }
            settling.removeAll { $0.key.isSamePlug(as: key) }
            reported.append(key)
            events.append(.added(key))
        }
        return events
    }

    private mutating func endOfSettling(
        of key: HIDDeviceInfo,
        at now: ContinuousClock.Instant
    ) -> ContinuousClock.Instant {
        guard let index = settling.firstIndex(where: { $0.key.isSamePlug(as: key) }) else {
            settling.append(Settling(key: key, since: now, until: now + Self.settleTime))
            return now + Self.settleTime
        }
        if key.awaitsUdev {
            settling[index].until = min(now + Self.settleTime, settling[index].since + Self.settleTimeWithUdev)
        }
        return settling[index].until
    }
}

extension HIDDeviceInfo {
    /// Whether `other`, found later, is the same plugged key and not more accessible than before.
    ///
    /// A key that can be opened at last counts as new, for those who skipped it. One that can no longer be opened does
    /// not count as removed, for those who have it open.
    fileprivate func isStill(_ other: HIDDeviceInfo) -> Bool {
        isSamePlug(as: other) && (access == .granted || other.access != .granted)
    }
}
