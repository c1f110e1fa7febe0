import Dispatch
import Platform
import Synchronization

/// Watches keys being plugged in and pulled out, without opening any.
public enum DeviceMonitor {
    /// The keys that are there, then `initialScanComplete`, then what changes, until the sequence is let go or the task
    /// that reads it is cancelled.
    ///
    /// A key that was just plugged in and may not be opened is announced when it may, or after two seconds.
    public static func events() -> AsyncStream<KeyEvent<HIDDeviceInfo>> {
        AsyncStream { continuation in
            guard let watcher = try? DeviceWatcher() else {
                // No descriptors are left in this process: say what there is, and nothing of what comes.
                var roster = DeviceRoster()
                for event in roster.begin(with: DeviceList.scan()) { continuation.yield(event) }
                return continuation.finish()
            }
            continuation.onTermination = { _ in watcher.stop() }
            watcher.start { continuation.yield($0) }
        }
    }
}

/// The thread that watches: it listens to udevd and to the kernel, and at a word from either looks for itself.
private final class DeviceWatcher: Sendable {
    /// Between looks while a key is held back.
    private static let impatientPause = Duration.milliseconds(50)
    /// Between looks for which nobody gave a word: the last resort where neither can be heard.
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

    func start(_ announce: @escaping @Sendable (KeyEvent<HIDDeviceInfo>) -> Void) {
        DispatchQueue(label: "fidoctl.devices").async { self.watch(announce) }
    }

    private func watch(_ announce: (KeyEvent<HIDDeviceInfo>) -> Void) {
        // Listening comes before looking, so that nothing is missed between the two.
        let udev = UdevMonitor()
        let nodes = NodeWatch(folder: "/dev")
        var roster = DeviceRoster()
        roster.begin(with: DeviceList.scan()).forEach(announce)
        while !isStopped.load(ordering: .relaxed) {
            let pause = roster.isImpatient ? Self.impatientPause : Self.pause
            _ = wakeUp.wait(for: udev.descriptor, nodes.descriptor, within: pause)
            udev.hear()
            nodes.hear()
            roster.update(DeviceList.scan(), at: .now).forEach(announce)
        }
    }
}
