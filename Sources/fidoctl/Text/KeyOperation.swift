/// What a command wants of a key, for prompts and events.
enum KeyOperation: Hashable, Sendable {
    case register(rpID: String)
    case logIn(rpID: String)
    /// Find out which key a person means.
    case choose
    /// Anything else: `command` is the command's name.
    case use(command: String)

    /// The name in events: the command's.
    var name: String {
        switch self {
        case .register: "register"
        case .logIn: "assert"
        case .choose: "select"
        case .use(let command): command
        }
    }

    var rpID: String? {
        switch self {
        case .register(let rpID), .logIn(let rpID): rpID
        case .choose, .use: nil
        }
    }

    /// The relying party for people, escaped; `nil` where the operation is for none.
    var site: String? { rpID.map(TerminalText.site) }
}
