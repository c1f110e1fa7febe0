/// How a command proves user verification to the key.
package enum UserVerification: Sendable {
    /// Not at all.
    case none
    /// By the command's option `uv`: the key verifies its user as part of the command.
    case builtInOption
    case token(PINUVAuthToken)
}

extension UserVerification {
    /// Adds the proof to an otherwise complete request; `setOption` sets the request's option `uv`.
    package func authorize<Request: AuthorizableRequest>(
        _ request: inout Request,
        setOption: (inout Request) -> Void
    ) {
        switch self {
        case .none: break
        case .builtInOption: setOption(&request)
        case .token(let token): request.authorize(with: token)
        }
    }
}
