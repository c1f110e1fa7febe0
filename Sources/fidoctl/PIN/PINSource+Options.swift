import Interaction

extension PINSource {
    /// The first available source: the one that an option names, then the terminal or, by ssh's rules, SSH_ASKPASS from
    /// the environment. Without `mayAsk` only the option counts.
    init?(
        _ options: PINOptions,
        mayAsk: Bool,
        hasTerminal: Bool,
        environment: (String) -> String? = Environment.nonEmptyVariable
    ) {
        if let descriptor = options.pinFd {
            self = .descriptor(descriptor)
        } else if let file = options.pinFile {
            self = .file(file)
        } else if let program = options.askpass {
            self = .program(program)
        } else if mayAsk, let source = Self.asking(hasTerminal: hasTerminal, environment: environment) {
            self = source
        } else {
            return nil
        }
    }
}
