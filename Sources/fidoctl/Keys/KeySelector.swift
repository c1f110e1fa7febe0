/// Which key a command is to use: what `--device` takes.
enum KeySelector: Hashable, Sendable {
    /// Whichever are plugged in, now or while the command waits.
    case any
    /// The key whose device node, or a link to it, is here.
    case path(String)
    case serial(String)
    /// The embedded software key with its state in a file.
    case virtualFile(String)
    /// An embedded software key that is gone when the command ends.
    case virtualMemory

    /// Reads `--device`; without one, or an empty one, the environment's FIDOCTL_DEVICE counts.
    init(_ argument: String?) {
        let text = argument.flatMap { $0.isEmpty ? nil : $0 } ?? Environment.nonEmptyVariable("FIDOCTL_DEVICE")
        guard let text else {
            self = .any
            return
        }
        let prefix = "virtual:"
        if text.hasPrefix(prefix) {
            let file = String(text.dropFirst(prefix.count))
            self = file.isEmpty ? .virtualMemory : .virtualFile(file)
        } else {
            self = text.contains("/") ? .path(text) : .serial(text)
        }
    }
}
