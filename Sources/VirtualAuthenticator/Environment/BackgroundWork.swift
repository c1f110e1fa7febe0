import Dispatch
import Synchronization

/// A slow computation beside the key's own thread, so that KEEPALIVE goes on meanwhile.
final class BackgroundWork<Output: Sendable>: Sendable {
    private let output = Mutex<Output?>(nil)

    /// Starts `job`; it cannot be stopped, only no longer be looked at.
    init(_ job: @escaping @Sendable () -> Output) {
        // A thread of its own, since the pool's may all be taken by whoever waits for us.
        DispatchQueue(label: "fidoctl.virtual.work").async { [self] in
            let result = job()
            output.withLock { $0 = result }
        }
    }

    /// What came out, `nil` while it is still being worked on.
    var finished: Output? {
        output.withLock { $0 }
    }
}
