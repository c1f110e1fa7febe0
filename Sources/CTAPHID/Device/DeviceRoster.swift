/// Which keys were announced, and what one more look at the system changes about that. Pure.
struct DeviceRoster: Sendable {
    /// A fresh node belongs to root at first. One that may not be opened is announced only when it stays so.
    static let patience = Duration.seconds(2)
    /// As long as udevd has not dealt with the node, it does not stay so; not even a busy machine takes longer than this.
    static let patienceWithUdev = Duration.seconds(10)

    private struct HeldBack {
        let key: HIDDeviceInfo
        let since: ContinuousClock.Instant
        var until: ContinuousClock.Instant
    }

    private var announced: [HIDDeviceInfo] = []
    private var heldBack: [HeldBack] = []

    /// Whether a key is held back, so that the next look should come soon.
    var isImpatient: Bool { !heldBack.isEmpty }

    /// The first look: whatever is there is announced.
    mutating func begin(with found: [HIDDeviceInfo]) -> [KeyEvent<HIDDeviceInfo>] {
        announced = found
        return found.map { .added($0) } + [.initialScanComplete]
    }

    /// The events that lead from what was announced to what was found at `now`.
    mutating func update(_ found: [HIDDeviceInfo], at now: ContinuousClock.Instant) -> [KeyEvent<HIDDeviceInfo>] {
        var events: [KeyEvent<HIDDeviceInfo>] = []
        for old in announced where !found.contains(where: { old.isStill($0) }) {
            events.append(.removed(old))
        }
        announced.removeAll { old in events.contains(.removed(old)) }
        let new = found.filter { key in !announced.contains { $0.isStill(key) } }
        heldBack = heldBack.filter { held in new.contains(where: held.key.isSamePlug) }
        for key in new {
            guard key.access == .granted || endOfPatience(with: key, at: now) <= now else { continue }
            heldBack.removeAll { $0.key.isSamePlug(as: key) }
            announced.append(key)
            events.append(.added(key))
        }
        return events
    }

    private mutating func endOfPatience(
        with key: HIDDeviceInfo,
        at now: ContinuousClock.Instant
    ) -> ContinuousClock.Instant {
        guard let index = heldBack.firstIndex(where: { $0.key.isSamePlug(as: key) }) else {
            heldBack.append(HeldBack(key: key, since: now, until: now + Self.patience))
            return now + Self.patience
        }
        if key.awaitsUdev {
            heldBack[index].until = min(now + Self.patience, heldBack[index].since + Self.patienceWithUdev)
        }
        return heldBack[index].until
    }
}

extension HIDDeviceInfo {
    /// Whether `other`, found later, is the same plugged key, and no more open to us than this.
    ///
    /// A key that may be opened at last counts as a new one, for those who passed it over; one that may not be opened
    /// any more does not count as gone, for those who have it open.
    fileprivate func isStill(_ other: HIDDeviceInfo) -> Bool {
        isSamePlug(as: other) && (access == .granted || other.access != .granted)
    }
}
