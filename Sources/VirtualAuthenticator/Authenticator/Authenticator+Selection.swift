import CTAP2

extension Authenticator {
    /// authenticatorSelection (CTAP 2.1 §6.9): the user shows which key is meant.
    func selection() -> CommandStep {
        .waitForUser(PresenceRequest(operation: .select)) { outcome throws(Refusal) in
            try outcome.requireTouch(timeout: .userActionTimeout)
            return .finished(nil)
        }
    }
}

extension UserOutcome {
    /// Ends the command unless the user touched the key.
    func requireTouch(timeout: StatusCode) throws(Refusal) {
        switch self {
        case .touched, .notRecognized: return
        case .declined: throw Refusal(.operationDenied)
        case .timedOut: throw Refusal(timeout)
        }
    }
}
