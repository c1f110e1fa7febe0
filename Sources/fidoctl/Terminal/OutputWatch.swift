import Glibc
import Interaction
import Synchronization

/// Watches for the end of standard output's reader, after which the result of a command would be lost. The thread that
/// waits for signals watches, so that a command does not need a thread for it.
enum OutputWatch {
    private struct State {
        var hasEnded = false
        var stop: (@Sendable () -> Void)?
    }

    private static let state = Mutex(State())

    /// Whether standard output's reader has gone.
    static var readerHasGone: Bool { state.withLock { $0.hasEnded } }

    /// Runs `body` as a task that is cancelled when the reader is gone or the caller's task is cancelled.
    static func whileRead(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let work = Task { try await body() }
        let hasEnded = state.withLock { state in
            state.stop = { work.cancel() }
            return state.hasEnded
        }
        if hasEnded { work.cancel() }
        try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }

    /// Waits until `descriptor` can be read, and watches the reader meanwhile: that of a pipe or socket may go, that of a
    /// file never does.
    static func wait(for descriptor: CInt) {
        var polled = [
            pollfd(fd: descriptor, events: CShort(POLLIN), revents: 0),
            // Without a requested event, poll still reports errors.
            pollfd(fd: readerHasGone ? -1 : StandardStream.output.rawValue, events: 0, revents: 0),
        ]
        while polled[0].revents == 0 {
            guard unsafe poll(&polled, nfds_t(polled.count), -1) > 0 else { continue }
            if polled[1].revents & CShort(POLLERR | POLLHUP) != 0 { end() }
            if polled[1].revents != 0 { polled[1].fd = -1 }
        }
    }

    private static func end() {
        let stop = state.withLock { state in
            state.hasEnded = true
            return state.stop
        }
        stop?()
    }
}
