import CTAP2

extension Authenticator {
    /// authenticatorReset (CTAP 2.1 §6.6): every credential dies, those in the key and those that sites
    /// keep, and the PIN is gone.
    func reset() throws(Refusal) -> CommandStep {
        guard now <= settings.resetWindow else { throw Refusal(.notAllowed) }
        return .waitForUser(PresenceRequest(operation: .reset)) { [unowned self] outcome throws(Refusal) in
            try outcome.requireTouch(timeout: .userActionTimeout)
            try store.reset()
            user = VerificationState()
            return .finished(nil)
        }
    }
}
