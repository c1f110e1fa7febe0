import CTAP2

extension Authenticator {
    /// authenticatorSelection (CTAP 2.1 §6.9): lets the user choose this key by touch.
    func selection() -> CommandStep {
        .waitForUser(PresenceRequest(operation: .select)) { outcome throws(Refusal) in
            try outcome.requireTouch(timeout: .userActionTimeout)
            return .finished(nil)
        }
    }
}

extension UserOutcome {
    /// Fails the command unless the user touches the key.
    func requireTouch(timeout: StatusCode) throws(Refusal) {
        switch self {
        case .touched, .notRecognized: return
        case .declined: throw Refusal(.operationDenied)
        case .timedOut: throw Refusal(timeout)
        }
    }
}
