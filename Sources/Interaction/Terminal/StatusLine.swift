package import CTAPHID
import Glibc
import Platform
import Synchronization

/// The line that shows what the command waits for: updated in place on a terminal, one line per change elsewhere.
package final class StatusLine: Sendable {
    private struct State {
        var prompt: KeyPrompt?
        var frame = 0
        var isDrawn = false
        /// Whether a prompt has the terminal, and what to print after its answer.
        var isSuspended = false
        var unsaid: [Text] = []
    }

    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    private static let interval = Duration.milliseconds(250)

    private let state = Mutex(State())
    private let deadline: Deadline
    private let isTerminal: Bool
    private let isShown: Bool

    /// A line that shows the time left until `deadline`; nothing at all unless it `isShown`.
    package init(deadline: Deadline, isShown: Bool = true) {
        self.deadline = deadline
        self.isShown = isShown
        isTerminal = StandardStream.error.takesEscapes
    }

    /// Shows `prompt` from now on, until another one is shown.
    package func show(_ prompt: KeyPrompt) {
        state.withLock { state in
            guard isShown, state.prompt != prompt else { return }
            state.prompt = prompt
            guard !isTerminal else { return draw(&state) }
            guard !prompt.isProgress else { return }
            // A terminal without escape sequences still has a user.
            let isAtTerminal = Environment.isTerminal(StandardStream.error.descriptor)
            Diagnostics.warn(isAtTerminal ? prompt.text + KeyPrompt.cancelNote : prompt.text)
        }
    }

    /// Removes the line, before results, prompts and errors are printed.
    package func clear() {
        state.withLock { state in
            state.prompt = nil
            erase(&state)
        }
    }

    /// Prints `text` once, above the line.
    func interject(_ text: Text) {
        state.withLock { state in
            guard isShown else { return }
            guard !(isTerminal && state.isSuspended) else { return state.unsaid.append(text) }
            erase(&state)
            Diagnostics.warn(text)
            if isTerminal { draw(&state) }
        }
    }

    /// Leaves the terminal to a prompt while `body` runs, and defers other output until afterwards.
    package func suspended<R: ~Copyable, E: Error>(while body: () async throws(E) -> R) async throws(E) -> R {
        state.withLock { state in
            erase(&state)
            state.isSuspended = true
        }
        defer {
            state.withLock { state in
                state.isSuspended = false
                state.unsaid.forEach(Diagnostics.warn)
                state.unsaid = []
                if isTerminal { draw(&state) }
            }
        }
        return try await body()
    }

    /// Updates spinner and seconds until the task is cancelled.
    func animate() async {
        guard isTerminal else { return }
        while !Task.isCancelled {
            await TaskLoop.sleep(for: Self.interval)
            state.withLock { state in
                guard state.prompt != nil else { return }
                state.frame = (state.frame + 1) % Self.frames.count
                draw(&state)
            }
        }
    }

    private func draw(_ state: inout State) {
        guard !state.isSuspended, let prompt = state.prompt else { return }
        // Besides the spinner's two, three columns stay free: two for the terminal's echo of ^C, and the last one,
        // since a full line makes some terminals wrap.
        let line = prompt.line(
            columns: TerminalSize.now().columns - 5,
            secondsLeft: deadline.remaining.components.seconds,
            in: .current
        )
        write("\r\u{1B}[K\(Self.frames[state.frame]) \(line)")
        state.isDrawn = true
    }

    private func erase(_ state: inout State) {
        guard state.isDrawn else { return }
        write("\r\u{1B}[K")
        state.isDrawn = false
    }

    private func write(_ text: String) {
        // A terminal that has gone does not end the wait.
        try? StandardStream.error.write(Array(text.utf8))
    }
}
