/// What a command wants of a key, for prompts and events.
enum KeyOperation: Hashable, Sendable {
    case register(rpId: String)
    case logIn(rpId: String)
    /// Find out which key a person means.
    case choose
    /// Erase the key.
    case reset
    /// Anything else: `command` is the command's name.
    case use(command: String)

    /// The name in events: the command's.
    var name: String {
        switch self {
        case .register: "register"
        case .logIn: "assert"
        case .choose: "select"
        case .reset: "reset"
        case .use(let command): command
        }
    }

    var rpId: String? {
        switch self {
        case .register(let rpId), .logIn(let rpId): rpId
        case .choose, .reset, .use: nil
        }
    }

    /// The relying party for people, escaped; `nil` where the operation is for none.
    var site: String? { rpId.map(TerminalText.site) }
}
