import Dispatch
import Glibc
import Interaction
import Synchronization

/// Watches for the end of standard output's reader, after which the result of a command would be lost.
enum OutputWatch {
    private static let hasEnded = Atomic(false)

    /// Whether standard output's reader has gone.
    static var readerHasGone: Bool { hasEnded.load(ordering: .relaxed) }

    /// Runs `body` as a task that is cancelled when the reader is gone or the caller's task is cancelled.
    static func whileRead(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let work = Task { try await body() }
        watch { work.cancel() }
        try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }

    /// Calls `stop` once a pipe or socket at standard output has lost its reader; a file never does.
    private static func watch(_ stop: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "fidoctl.output-watch").async {
            // Without a requested event, poll still reports errors.
            var polled = pollfd(fd: StandardStream.output.rawValue, events: 0, revents: 0)
            while unsafe poll(&polled, 1, -1) < 0, errno == EINTR || errno == EAGAIN {}
            guard polled.revents & CShort(POLLERR | POLLHUP) != 0 else { return }
            hasEnded.store(true, ordering: .relaxed)
            stop()
        }
    }
}
