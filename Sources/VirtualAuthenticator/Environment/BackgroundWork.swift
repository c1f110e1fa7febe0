import Dispatch
import Synchronization

/// A slow computation outside the key's own thread, so that KEEPALIVE goes on.
final class BackgroundWork<Output: Sendable>: Sendable {
    private let output = Mutex<Output?>(nil)

    /// Starts `job`, which cannot be stopped.
    init(_ job: @escaping @Sendable () -> Output) {
        // A thread of its own, since all threads of the pool may be waiting for us.
        DispatchQueue(label: "fidoctl.virtual.work").async { [self] in
            let result = job()
            output.withLock { $0 = result }
        }
    }

    /// The result; `nil` until it is there.
    var finished: Output? {
        output.withLock { $0 }
    }
}
