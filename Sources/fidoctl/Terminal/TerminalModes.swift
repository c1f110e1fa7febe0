import Glibc
import Synchronization

/// Changes to a terminal's modes, taken back whatever happens: on return, on failure, and before the process is ended.
enum TerminalModes {
    /// What a prompt needs.
    enum Mode: Sendable {
        /// Keys arrive one by one and are not shown.
        case keys
        /// Lines arrive whole, edited as always, and are not shown.
        case hiddenLine
    }

    private struct Change {
        let descriptor: Int32
        let before: termios
    }

    private static let change = Mutex<Change?>(nil)

    /// Runs `body` while the terminal is in `mode`.
    static func with<R, E: Error>(
        _ mode: Mode,
        on descriptor: Int32,
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws(E) -> R
    ) async throws(E) -> R {
        begin(mode, on: descriptor)
        defer { restore() }
        return try await body()
    }

    /// Gives the terminal its modes back, if they were changed. Any thread may call it.
    static func restore() {
        change.withLock { change in
            guard var before = change?.before, let descriptor = change?.descriptor else { return }
            // TCSAFLUSH: what was typed into a prompt must not become a command of the shell.
            _ = unsafe tcsetattr(descriptor, TCSAFLUSH, &before)
            change = nil
        }
    }

    private static func begin(_ mode: Mode, on descriptor: Int32) {
        change.withLock { change in
            var modes = termios()
            guard change == nil, unsafe tcgetattr(descriptor, &modes) == 0 else { return }
            change = Change(descriptor: descriptor, before: modes)
            // Signals stay on: Ctrl-C has to cancel.
            modes.c_lflag &= ~tcflag_t(mode == .keys ? ICANON | ECHO : ECHO)
            _ = unsafe tcsetattr(descriptor, TCSAFLUSH, &modes)
        }
    }
}
