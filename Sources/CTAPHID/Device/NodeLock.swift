import Glibc
import Platform

/// The lock on an open device node: `flock`, as libfido2 takes it. It ends when the descriptor is closed.
enum NodeLock {
    /// Between two attempts; `flock` itself can only be waited for by blocking a thread.
    private static let pause = Duration.milliseconds(25)

    /// Takes the lock, or waits until the deadline for the program that holds it; calls `onInUse` once when it waits.
    ///
    /// Throws `.inUse` at the deadline, `.disconnected` when the device is gone, `.io`, and `.cancelled` as soon as the
    /// task is.
    static func take(
        _ descriptor: CInt,
        path: String,
        by deadline: Deadline,
        onInUse: @Sendable () -> Void
    ) async throws(CTAPHIDError) {
        var isWaiting = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: break
            default: throw .io(operation: "lock \(path)", reason: Errno.current.description)
            }
            guard !Poll.hasEnded(descriptor) else { throw .disconnected }
            if !isWaiting { onInUse() }
            isWaiting = true
            guard !deadline.hasPassed else { throw .inUse(path: path) }
            guard (try? await Task.sleep(for: min(pause, deadline.remaining))) != nil else {
                throw .cancelled(.`init`, response: nil)
            }
        }
    }
}
