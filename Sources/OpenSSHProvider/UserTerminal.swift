import Glibc
import Interaction
import Platform

/// Where the user reads what a call waits for: the terminal of the process, even if its standard error leads elsewhere, as under
/// git; otherwise standard error.
struct UserTerminal: ~Copyable {
    private let terminal: Int32?

    init() {
        terminal = try? ControllingTerminal.open()
        if let terminal { StandardStream.redirectError(to: terminal) }
    }

    /// Whether a person can read it.
    var isThere: Bool { terminal != nil || Environment.isTerminal(StandardStream.error.rawValue) }

    deinit {
        guard let terminal else { return }
        StandardStream.redirectError(to: StandardStream.error.rawValue)
        close(terminal)
    }
}
