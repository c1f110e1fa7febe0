import Interaction

/// The value of `--device`: which key a command uses.
enum KeySelector: Hashable, Sendable {
    /// All keys that are plugged in, now or while the command waits.
    case any
    /// The key with this device node, or with a link to it.
    case path(String)
    case serial(String)
    /// The embedded software key with its state in this file.
    case virtualFile(String)
    /// An embedded software key that lasts until the command ends.
    case virtualMemory

    /// Parses `--device`; without it, or if it is empty, FIDOCTL_DEVICE from the environment.
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
