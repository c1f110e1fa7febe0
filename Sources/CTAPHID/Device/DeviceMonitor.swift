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
        events { $0 }
    }

    /// The non-`nil` results of `transform` for these events.
    package static func events<Key>(
        _ transform: @escaping @Sendable (KeyEvent<HIDDeviceInfo>) -> KeyEvent<Key>?
    ) -> AsyncStream<KeyEvent<Key>> {
        let (stream, continuation) = AsyncStream.makeStream(of: KeyEvent<Key>.self)
        let report: @Sendable (KeyEvent<HIDDeviceInfo>) -> Void = { event in
            if let event = transform(event) { continuation.yield(event) }
        }
        let plugged = DeviceList.scan()
        var tracker = DeviceTracker()
        for event in tracker.begin(with: plugged) { report(event) }
        do throws(Errno) {
            let watcher = try DeviceWatcher(tracker, report)
            let start = Task(executorPreference: TaskLoop.current) {
                if !plugged.isEmpty { await TaskLoop.sleep(for: DeviceWatcher.grace) }
                watcher.start()
            }
            continuation.onTermination = { _ in
                start.cancel()
                watcher.stop()
            }
        } catch {
            // The process has no descriptors left: these are the current keys, and no changes follow.
            continuation.finish()
        }
        return stream
    }
}

/// Watches for changes after the first scan: it rescans sysfs whenever udevd or the kernel reports one.
private final class DeviceWatcher: Sendable {
    /// How long changes may wait if a key was there at the first scan. Closing an inotify watch takes the kernel some
    /// 10 ms, and a thread costs too; a command that has its key and ends soon needs neither.
    static let grace = Duration.milliseconds(100)
    /// Between scans while a key is settling.
    private static let settlingPause = Duration.milliseconds(50)
    /// Between scans without a reported change: the last resort where neither source works.
    private static let pause = Duration.seconds(2)

    private let initial: DeviceTracker
    private let report: @Sendable (KeyEvent<HIDDeviceInfo>) -> Void
    private let wakeUp: WakeUp
    private let isStopped = Atomic(false)

    /// `initial` has reported the keys of the first scan.
    init(_ initial: DeviceTracker, _ report: @escaping @Sendable (KeyEvent<HIDDeviceInfo>) -> Void) throws(Errno) {
        self.initial = initial
        self.report = report
        wakeUp = try WakeUp()
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
        wakeUp.call()
    }

    func start() {
        guard !isStopped.load(ordering: .relaxed) else { return }
        DispatchQueue(label: "fidoctl.devices").async { self.watch() }
    }

    private func watch() {
        var tracker = initial
        let udev = UdevMonitor()
        let nodes = NodeWatch(folder: "/dev")
        // Each scan follows the opening of the sources, so that no change is lost in between.
        while !isStopped.load(ordering: .relaxed) {
            udev.drain()
            nodes.drain()
            for event in tracker.update(DeviceList.scan(), at: .now) { report(event) }
            let pause = tracker.isSettling ? Self.settlingPause : Self.pause
            _ = wakeUp.wait(for: udev.descriptor, nodes.descriptor, within: pause)
        }
    }
}
