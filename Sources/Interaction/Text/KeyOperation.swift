/// What a command does with a key, for prompts and events.
package enum KeyOperation: Hashable, Sendable {
    case register(rpId: String)
    case logIn(rpId: String)
    /// Choosing a key by touch.
    case choose
    /// Erase the key.
    case reset
    /// Enrol a fingerprint.
    case enroll
    /// Anything else: `command` is the command's name.
    case use(command: String)

    /// The command's name, for events.
    package var name: String {
        switch self {
        case .register: "register"
        case .logIn: "assert"
        case .choose: "select"
        case .reset: "reset"
        case .enroll: "fingerprints enroll"
        case .use(let command): command
        }
    }

    package var rpId: String? {
        switch self {
        case .register(let rpId), .logIn(let rpId): rpId
        case .choose, .reset, .enroll, .use: nil
        }
    }

    /// The relying party for display, escaped; `nil` if the operation has none.
    package var site: String? { rpId.map(TerminalText.site) }
}
