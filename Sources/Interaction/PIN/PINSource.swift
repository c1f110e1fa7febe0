/// Where a command gets a PIN from.
package enum PINSource: Hashable, Sendable {
    case descriptor(Int32)
    case file(String)
    /// A program that prompts a person, in a window or otherwise.
    case program(String)
    case terminal

    /// The terminal or SSH_ASKPASS from the environment, as in ssh(1): the program runs if there is a display and no terminal. SSH_ASKPASS_REQUIRE can be `never`,
    /// `prefer` (it to the terminal) or `force` (it even without a display).
    package static func asking(
        hasTerminal: Bool,
        environment: (String) -> String? = Environment.nonEmptyVariable
    ) -> PINSource? {
        let hasDisplay = environment("DISPLAY") != nil || environment("WAYLAND_DISPLAY") != nil
        let (isAllowed, isFirst) =
            switch environment("SSH_ASKPASS_REQUIRE")?.lowercased() {
            case "force": (true, true)
            case "prefer": (hasDisplay, true)
            case "never": (false, false)
            default: (hasDisplay, false)
            }
        if isAllowed, isFirst || !hasTerminal, let program = environment("SSH_ASKPASS") { return .program(program) }
        return hasTerminal ? .terminal : nil
    }

    /// Whether the PIN is stored: nobody answers prompts, and it is the same one each time.
    var isStored: Bool {
        switch self {
        case .descriptor, .file: true
        case .program, .terminal: false
        }
    }
}
