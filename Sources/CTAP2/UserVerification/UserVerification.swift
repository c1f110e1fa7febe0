/// How a command shows the key that its user was verified.
package enum UserVerification: Sendable {
    /// Not at all.
    case none
    /// By the command's own option `uv`: the key verifies its user in the course of it.
    case builtInOption
    case token(PINUVAuthToken)
}

extension UserVerification {
    /// Puts the proof into a request, as it stands; `option` is where the command has its option `uv`.
    package func authorize<Request: AuthorizableRequest>(
        _ request: inout Request,
        option: WritableKeyPath<Request, Bool>
    ) {
        switch self {
        case .none: break
        case .builtInOption: request[keyPath: option] = true
        case .token(let token): request.authorize(with: token)
        }
    }
}
