import Testing

@testable import CTAPHID

/// The events that the tracker derives from successive scans.
@Suite struct DeviceTrackerTests {
    static let start = ContinuousClock.now
    static let closed = HIDDeviceInfo.Access.denied(owner: 0, group: 0, mode: 0o600)

    static func key(_ number: Int, plug: Int = 1, _ access: HIDDeviceInfo.Access = .granted) -> HIDDeviceInfo {
        HIDDeviceInfo(
            path: "/dev/hidraw\(number)",
            plugID: "0003:1209:0001.000\(plug)",
            vendorID: 0x1209,
            productID: 1,
            access: access
        )
    }

    static func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    @Test func whatIsThereComesFirstAndIsClosedOff() {
        var tracker = DeviceTracker()
        let keys = [Self.key(0), Self.key(1, plug: 2, Self.closed)]
        #expect(tracker.begin(with: keys) == [.added(keys[0]), .added(keys[1]), .initialScanComplete])
        #expect(tracker.update(keys, at: Self.at(0)) == [])
    }

    @Test func comingAndGoingIsTold() {
        var tracker = DeviceTracker()
        #expect(tracker.begin(with: []) == [.initialScanComplete])
        #expect(tracker.update([Self.key(0)], at: Self.at(0)) == [.added(Self.key(0))])
        #expect(tracker.update([Self.key(0)], at: Self.at(1)) == [])
        #expect(tracker.update([], at: Self.at(2)) == [.removed(Self.key(0))])
        #expect(tracker.update([], at: Self.at(3)) == [])
    }

    @Test func replugBetweenTwoLooksIsSeen() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [Self.key(0, plug: 1)])
        let events = tracker.update([Self.key(0, plug: 2)], at: Self.at(0))
        #expect(events == [.removed(Self.key(0, plug: 1)), .added(Self.key(0, plug: 2))])
    }

    @Test func freshNodeIsAnnouncedWhenItMayBeOpened() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [])
        #expect(tracker.update([Self.key(0, .noNode)], at: Self.at(0)) == [])
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(10)) == [])
        #expect(tracker.isSettling)
        #expect(tracker.update([Self.key(0)], at: Self.at(60)) == [.added(Self.key(0))])
        #expect(!tracker.isSettling)
    }

    @Test func freshNodeThatStaysClosedIsAnnouncedSo() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [])
        let group = Self.key(0, .denied(owner: 0, group: 46, mode: 0o660))
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(0)) == [])
        #expect(tracker.update([group], at: Self.at(1_999)) == [])
        #expect(tracker.update([group], at: Self.at(2_000)) == [.added(group)])
        #expect(!tracker.isSettling)
        #expect(tracker.update([group], at: Self.at(5_000)) == [])
    }

    /// On a busy machine udevd took longer than two seconds, and the key was reported as inaccessible.
    @Test func twoSecondsBeginWhenUdevHasDealtWithTheNode() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [])
        var fresh = Self.key(0, Self.closed)
        fresh.awaitsUdev = true
        #expect(tracker.update([fresh], at: Self.at(0)) == [])
        #expect(tracker.update([fresh], at: Self.at(3_000)) == [])
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(4_999)) == [])
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(5_000)) == [.added(Self.key(0, Self.closed))])
    }

    @Test func udevIsNotWaitedForForEver() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [])
        var fresh = Self.key(0, Self.closed)
        fresh.awaitsUdev = true
        #expect(tracker.update([fresh], at: Self.at(0)) == [])
        #expect(tracker.update([fresh], at: Self.at(9_999)) == [])
        #expect(tracker.update([fresh], at: Self.at(10_000)) == [.added(fresh)])
    }

    @Test func heldBackKeyThatGoesWasNeverThere() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [])
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(0)) == [])
        #expect(tracker.update([], at: Self.at(10)) == [])
        #expect(!tracker.isSettling)
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(1_000)) == [])
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(2_500)) == [])
    }

    @Test func keyThatMayBeOpenedAtLastComesAnew() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [Self.key(0, Self.closed)])
        let events = tracker.update([Self.key(0)], at: Self.at(60_000))
        #expect(events == [.removed(Self.key(0, Self.closed)), .added(Self.key(0))])
    }

    @Test func keyThatMayNotBeOpenedAnyMoreIsNotGone() {
        var tracker = DeviceTracker()
        _ = tracker.begin(with: [Self.key(0)])
        #expect(tracker.update([Self.key(0, Self.closed)], at: Self.at(0)) == [])
        #expect(tracker.update([], at: Self.at(1)) == [.removed(Self.key(0))])
    }
}
