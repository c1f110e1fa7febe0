import Dispatch
import Synchronization

/// A slow computation outside the key's own thread, so that the key can send KEEPALIVEs.
final class BackgroundWork<Output: Sendable>: Sendable {
    private let output = Mutex<Output?>(nil)

    /// Starts `job`, which cannot be cancelled.
    init(_ job: @escaping @Sendable () -> Output) {
        // Uses its own thread, since all threads of the pool may be waiting for us.
        DispatchQueue(label: "fidoctl.virtual.work").async { [self] in
            let result = job()
            output.withLock { $0 = result }
        }
    }

    /// The result; `nil` until the job is done.
    var finished: Output? {
        output.withLock { $0 }
    }
}
