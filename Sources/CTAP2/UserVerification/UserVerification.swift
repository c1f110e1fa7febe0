/// How a command shows the key that its user was verified.
public enum UserVerification: Sendable {
    /// Not at all.
    case none
    /// By the command's own option `uv`: the key verifies its user in the course of it.
    case builtInOption
    case token(PINUVAuthToken)
}

extension MakeCredentialRequest {
    /// Authorizes the request, as it stands.
    public mutating func authorize(with verification: UserVerification) {
        switch verification {
        case .none: break
        case .builtInOption: options.uv = true
        case .token(let token): authorize(with: token)
        }
    }
}

extension GetAssertionRequest {
    /// Authorizes the request, as it stands.
    public mutating func authorize(with verification: UserVerification) {
        switch verification {
        case .none: break
        case .builtInOption: options.uv = true
        case .token(let token): authorize(with: token)
        }
    }
}
