import CTAPHID
import Glibc
import Synchronization

/// The one line that says what is being waited for: changed in place on a terminal, a line for each change elsewhere.
final class StatusLine: Sendable {
    private struct State {
        var text: Text?
        var frame = 0
        var isDrawn = false
        /// Whether the terminal is somebody else's, and what there is to say when that is over.
        var isAside = false
        var unsaid: [Text] = []
    }

    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    private static let interval = Duration.milliseconds(200)

    private let state = Mutex(State())
    private let deadline: Deadline
    private let isTerminal: Bool

    /// A line that shows the time left until `deadline`.
    init(deadline: Deadline) {
        self.deadline = deadline
        isTerminal =
            Environment.isTerminal(StandardStream.error.rawValue) && Environment.variable("TERM") != "dumb"
    }

    /// Says `text` from now on, until something else is said.
    func show(_ text: Text) {
        state.withLock { state in
            guard state.text != text else { return }
            state.text = text
            isTerminal ? draw(&state) : Notice.tell(text)
        }
    }

    /// Takes the line away; results, prompts and errors come after this.
    func clear() {
        state.withLock { state in
            state.text = nil
            erase(&state)
        }
    }

    /// Says `text` once, above the line.
    func interject(_ text: Text) {
        state.withLock { state in
            guard !(isTerminal && state.isAside) else { return state.unsaid.append(text) }
            erase(&state)
            Notice.tell(text)
            if isTerminal { draw(&state) }
        }
    }

    /// Leaves the terminal to a prompt while `body` runs; what is to be said meanwhile is said afterwards.
    func aside<R: ~Copyable, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        state.withLock { state in
            erase(&state)
            state.isAside = true
        }
        defer {
            state.withLock { state in
                state.isAside = false
                state.unsaid.forEach(Notice.tell)
                state.unsaid = []
                if isTerminal { draw(&state) }
            }
        }
        return try await body()
    }

    /// Keeps spinner and seconds moving until the task is cancelled.
    func animate() async {
        guard isTerminal else { return }
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.interval)
            state.withLock { state in
                guard state.text != nil else { return }
                state.frame = (state.frame + 1) % Self.frames.count
                draw(&state)
            }
        }
    }

    private func draw(_ state: inout State) {
        guard !state.isAside, let text = state.text else { return }
        let seconds = deadline.remaining.components.seconds
        let rest = " (\(seconds) s)"
        // Beside the spinner's two, three columns stay free: two for the terminal's own ^C, and the last one, since a full
        // line makes some terminals go to the next.
        let room = TerminalSize.now().columns - 5 - TerminalWidth.columns(rest)
        let line = TerminalWidth.truncate(text.localized, to: room)
        write("\r\u{1B}[K\(Self.frames[state.frame]) \(line)\(rest)")
        state.isDrawn = true
    }

    private func erase(_ state: inout State) {
        guard state.isDrawn else { return }
        write("\r\u{1B}[K")
        state.isDrawn = false
    }

    private func write(_ text: String) {
        // Nobody hears it: the wait goes on all the same.
        try? StandardStream.error.write(Array(text.utf8))
    }
}
