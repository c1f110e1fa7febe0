import CTAP2

extension Authenticator {
    /// authenticatorReset (CTAP 2.1 §6.6): invalidates every credential, including those not stored on the key; erases
    /// the PIN, fingerprints, large blobs and configuration.
    func reset() throws(Refusal) -> CommandStep {
        guard settings.management.transportsForReset?.contains("usb") ?? true else { throw Refusal(.operationDenied) }
        guard now <= settings.resetWindow else { throw Refusal(.notAllowed) }
        let gesture: PresenceRequest.Gesture = isLongTouchForReset(try store.read()) ? .longTouch : .touch
        return .waitForUser(PresenceRequest(operation: .reset, gesture: gesture)) {
            [unowned self] outcome throws(Refusal) in
            try outcome.requireTouch(timeout: .userActionTimeout)
            try store.reset()
            user = VerificationState()
            reader.enrollment = nil
            return .finished(nil)
        }
    }
}
