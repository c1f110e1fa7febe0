import Glibc
import Synchronization

/// Changes to a terminal's modes, which are always undone: on return, on failure, before the process ends, and while it
/// is stopped.
package enum TerminalModes {
    /// What a prompt needs.
    package enum Mode: Sendable {
        /// Keys arrive one by one and are not shown.
        case keys
        /// Lines arrive whole, with the usual editing, and are not shown.
        case hiddenLine
        /// Lines arrive whole, with the usual editing.
        case line

        /// The flags that are cleared; never ISIG, since Ctrl-C must cancel.
        fileprivate var withoutFlags: tcflag_t {
            switch self {
            case .keys: tcflag_t(ICANON | ECHO)
            case .hiddenLine: tcflag_t(ECHO)
            case .line: 0
            }
        }
    }

    private struct Change {
        let descriptor: Int32
        let before: termios
        let during: termios
        let draw: @Sendable () -> Void
    }

    private static let change = Mutex<Change?>(nil)

    /// Runs `body` while the terminal is in `mode`; calls `draw` before, and whenever a stopped process continues.
    package static func with<R: ~Copyable, E: Error>(
        _ mode: Mode,
        on descriptor: Int32,
        isolation: isolated (any Actor)? = #isolation,
        draw: @escaping @Sendable () -> Void = {},
        _ body: () async throws(E) -> R
    ) async throws(E) -> R {
        begin(mode, on: descriptor, draw)
        defer { restore() }
        draw()
        return try await body()
    }

    /// Restores the terminal's modes if they were changed. Any thread may call it.
    package static func restore() {
        change.withLock { change in
            guard let begun = change else { return }
            set(begun.before, on: begun.descriptor)
            change = nil
        }
    }

    /// Restores the terminal's modes while `body` runs, which stops the process.
    package static func whileStopped(_ body: () -> Void) {
        change.withLock { change in
            if let change { set(change.before, on: change.descriptor) }
        }
        body()
        let draw = change.withLock { change in
            if let change { set(change.during, on: change.descriptor) }
            return change?.draw
        }
        draw?()
    }

    private static func begin(_ mode: Mode, on descriptor: Int32, _ draw: @escaping @Sendable () -> Void) {
        change.withLock { change in
            var modes = termios()
            guard change == nil, unsafe tcgetattr(descriptor, &modes) == 0 else { return }
            let before = modes
            modes.c_lflag &= ~mode.withoutFlags
            change = Change(descriptor: descriptor, before: before, during: modes, draw: draw)
            set(modes, on: descriptor)
        }
    }

    private static func set(_ modes: termios, on descriptor: Int32) {
        var modes = modes
        // TCSAFLUSH: input typed into a prompt must not reach the shell as a command, nor the other way round.
        _ = unsafe tcsetattr(descriptor, TCSAFLUSH, &modes)
    }
}
