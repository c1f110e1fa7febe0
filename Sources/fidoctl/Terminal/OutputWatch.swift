import Glibc
import Interaction
import Synchronization

/// Watches for the end of standard output's reader, after which the result of a command would be lost. The thread that
/// waits for signals watches, so that a command does not need a thread for it.
enum OutputWatch {
    private struct State {
        var hasEnded = false
        /// Whether a command runs that needs the reader.
        var isNeeded = false
    }

    private static let state = Mutex(State())

    /// Whether standard output's reader has gone.
    static var readerHasGone: Bool { state.withLock { $0.hasEnded } }

    /// From now on the end of the reader cancels the program's task, which is the caller's.
    static func begin() {
        let hasEnded = state.withLock { state in
            state.isNeeded = true
            return state.hasEnded
        }
        if hasEnded { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
    }

    static func end() {
        state.withLock { $0.isNeeded = false }
    }

    /// Waits until `descriptor` can be read, and watches the reader meanwhile: that of a pipe or socket may go, that of a
    /// file never does. `stop` is called if the command that runs needs it.
    static func wait(for descriptor: CInt, stop: () -> Void) {
        var polled = [
            pollfd(fd: descriptor, events: CShort(POLLIN), revents: 0),
            // Without a requested event, poll still reports errors.
            pollfd(fd: readerHasGone ? -1 : StandardStream.output.rawValue, events: 0, revents: 0),
        ]
        while polled[0].revents == 0 {
            guard unsafe poll(&polled, nfds_t(polled.count), -1) > 0 else { continue }
            if polled[1].revents & CShort(POLLERR | POLLHUP) != 0, isNeededAtEnd() { stop() }
            if polled[1].revents != 0 { polled[1].fd = -1 }
        }
    }

    private static func isNeededAtEnd() -> Bool {
        state.withLock { state in
            state.hasEnded = true
            return state.isNeeded
        }
    }
}
