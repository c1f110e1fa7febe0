import Glibc
import Platform
import Interaction

extension StandardStream {
    /// Sends standard error to the process's terminal, if it has one: for a program whose caller collects its errors, while a
    /// person has to see the prompts.
    static func moveErrorsToTerminal() {
        guard !Environment.isTerminal(error.rawValue), let terminal = try? ControllingTerminal.open() else { return }
        _ = dup2(terminal, error.rawValue)
        close(terminal)
    }
}
