import Dispatch
import Glibc
import Platform
import Synchronization

/// Writes to a descriptor on a thread of its own, in order, so that a stalled reader blocks nothing else.
final class OutputQueue: Sendable {
    private struct State {
        /// The pieces to be written.
        var waiting = 0
        /// Whether the reader is gone or has stalled.
        var hasEnded = false
    }

    private let descriptor: Int32
    private let maximumWaiting: Int
    private let onError: @Sendable (Errno) -> Void
    private let state = Mutex(State())
    private let writer = DispatchQueue(label: "fidoctl.output")

    /// A reader that is `maximumWaiting` pieces behind has stalled; the default is more than any command produces.
    /// `onError` is called for a failure other than a reader that has gone.
    init(_ descriptor: Int32, maximumWaiting: Int = 10_000, onError: @escaping @Sendable (Errno) -> Void) {
        self.descriptor = descriptor
        self.maximumWaiting = maximumWaiting
        self.onError = onError
    }

    /// Queues what `make` returns and returns at once; `false` if the reader is gone or has stalled. Of two threads, the one
    /// whose `make` runs first is written first.
    @discardableResult
    func write(_ make: () -> [UInt8]?) -> Bool {
        state.withLock { state in
            guard !state.hasEnded else { return false }
            guard let bytes = make() else { return true }
            guard state.waiting < maximumWaiting else {
                state.hasEnded = true
                return false
            }
            state.waiting += 1
            writer.async { self.writeNow(bytes) }
            return true
        }
    }

    /// Waits until everything is written, at most `limit`; `false` if the reader has stalled.
    func finish(within limit: Duration = .milliseconds(300)) -> Bool {
        let isWritten = DispatchSemaphore(value: 0)
        writer.async { isWritten.signal() }
        let milliseconds = Int(limit / .milliseconds(1))
        return isWritten.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    private func writeNow(_ bytes: [UInt8]) {
        guard !state.withLock({ $0.hasEnded }) else { return }
        var rest = bytes[...]
        var isGone = false
        while !rest.isEmpty, !isGone {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // The caller made the descriptor non-blocking.
                _ = Poll.waitToWrite(descriptor, within: .seconds(3600))
            } else if errno != EINTR {
                isGone = true
                if errno != EPIPE { onError(Errno.current) }
            }
        }
        state.withLock { state in
            state.waiting -= 1
            state.hasEnded = state.hasEnded || isGone
        }
    }
}
