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
    /// OpenSSH's use of a key, for an application: `ssh:`, or `ssh:` and a name.
    case ssh(SSHUse, application: String)
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
        case .ssh(let use, _): "ssh " + use.rawValue
        case .use(let command): command
        }
    }

    package var rpId: String? {
        switch self {
        case .register(let rpId), .logIn(let rpId), .ssh(_, let rpId): rpId
        case .choose, .reset, .enroll, .use: nil
        }
    }

    /// The relying party for display, escaped; `nil` if the operation has none.
    package var site: String? {
        // The application of most keys is `ssh:`; a prompt goes on with a colon of its own.
        if case .ssh(_, "ssh:") = self { "ssh" } else { rpId.map(TerminalText.site) }
    }
}

/// What OpenSSH wants of a key.
package enum SSHUse: String, Hashable, Sendable {
    case enroll, sign, load
}
