import Dispatch
import Platform
import Synchronization

/// A change to the set of plugged keys.
public enum KeyEvent<Key: Hashable & Sendable>: Hashable, Sendable {
    /// A key was found at the start, was plugged in, or can be opened at last.
    case added(Key)
    /// A key was unplugged. When a key can be opened at last, this reports its earlier state, and `added` follows.
    case removed(Key)
    /// Every key that was plugged in at the start has been reported.
    case initialScanComplete
}

/// Watches keys being plugged in and unplugged, without opening any.
public enum DeviceMonitor {
    /// The keys that are plugged in, then `initialScanComplete`, then every change, until the sequence is released or
    /// the task that reads it is cancelled.
    ///
    /// A key that was just plugged in and cannot be opened yet is reported once it can, or after two seconds.
    public static func events() -> AsyncStream<KeyEvent<HIDDeviceInfo>> {
        AsyncStream { continuation in
            guard let watcher = try? DeviceWatcher() else {
                // The process has no descriptors left: report the current keys, and no changes.
                var tracker = DeviceTracker()
                for event in tracker.begin(with: DeviceList.scan()) { continuation.yield(event) }
                return continuation.finish()
            }
            continuation.onTermination = { _ in watcher.stop() }
            watcher.start { continuation.yield($0) }
        }
    }
}

/// The thread that watches: it rescans sysfs whenever udevd or the kernel reports a change.
private final class DeviceWatcher: Sendable {
    /// Between scans while a key is settling.
    private static let settlingPause = Duration.milliseconds(50)
    /// How long changes may wait if a key was there at the first scan.
    private static let grace = Duration.milliseconds(100)
    /// Between scans without a reported change: the last resort where neither source works.
    private static let pause = Duration.seconds(1)

    private let wakeUp: WakeUp
    private let isStopped = Atomic(false)

    init() throws(Errno) {
        wakeUp = try WakeUp()
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
        wakeUp.call()
    }

    func start(_ report: @escaping @Sendable (KeyEvent<HIDDeviceInfo>) -> Void) {
        DispatchQueue(label: "fidoctl.devices").async { self.watch(report) }
    }

    private func watch(_ report: (KeyEvent<HIDDeviceInfo>) -> Void) {
        var tracker = DeviceTracker()
        let plugged = DeviceList.scan()
        tracker.begin(with: plugged).forEach(report)
        // Closing an inotify watch takes the kernel some 10 ms, which a command that has its key and ends soon saves.
        if !plugged.isEmpty { _ = wakeUp.wait(within: Self.grace) }
        guard !isStopped.load(ordering: .relaxed) else { return }
        let udev = UdevMonitor()
        let nodes = NodeWatch(folder: "/dev")
        // Each scan follows the opening of the sources, so that no change is lost in between.
        while !isStopped.load(ordering: .relaxed) {
            udev.drain()
            nodes.drain()
            tracker.update(DeviceList.scan(), at: .now).forEach(report)
            let pause = tracker.isSettling ? Self.settlingPause : Self.pause
            _ = wakeUp.wait(for: udev.descriptor, nodes.descriptor, within: pause)
        }
    }
}
