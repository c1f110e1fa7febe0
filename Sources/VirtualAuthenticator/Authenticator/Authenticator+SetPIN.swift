import CTAP2

/// Setting the PIN (CTAP 2.1 §6.5.5.5) and changing it (§6.5.5.6).
extension Authenticator {
    func setPIN(_ request: ClientPINParameters) throws(Refusal) -> CommandStep {
        let platformKey = try request.platformKey.required()
        let code = try request.code.required()
        let newPINEnc = try request.newPINEnc.required()
        let pinProtocol = try self.pinProtocol(of: request)
        guard try store.read().pin == nil else { throw Refusal(.pinAuthInvalid) }
        let secret = try sharedSecret(with: platformKey, for: pinProtocol)
        guard secret.verifies(code, of: newPINEnc) else { throw Refusal(.pinAuthInvalid) }
        let pin = try newPIN(newPINEnc, secret)
        try store.change { state throws(Refusal) in
            // Another process may have been first.
            guard state.pin == nil else { throw Refusal(.pinAuthInvalid) }
            state.pin = pin
        }
        return .finished(nil)
    }

    func changePIN(_ request: ClientPINParameters) throws(Refusal) -> CommandStep {
        let platformKey = try request.platformKey.required()
        let code = try request.code.required()
        let newPINEnc = try request.newPINEnc.required()
        let pinHashEnc = try request.pinHashEnc.required()
        let pinProtocol = try self.pinProtocol(of: request)
        try requirePINTries()
        let secret = try sharedSecret(with: platformKey, for: pinProtocol)
        guard secret.verifies(code, of: newPINEnc + pinHashEnc) else { throw Refusal(.pinAuthInvalid) }
        let old = try comparePIN(pinHashEnc, secret)
        let new = try newPIN(newPINEnc, secret)
        guard !old.mustChange || new.hash != old.hash else { throw Refusal(.pinPolicyViolation) }
        try store.change { state throws(Refusal) in
            state.pin = new
        }
        try endTokens()
        return .finished(nil)
    }

    /// Invalidates tokens, including the persistent one, after a new PIN or a forced change.
    func endTokens() throws(Refusal) {
        user.token = nil
        try store.replacePersistentToken()
    }

    private func newPIN(_ newPINEnc: [UInt8], _ secret: PINSharedSecret) throws(Refusal) -> PINState {
        guard let padded = secret.decrypt(newPINEnc) else { throw Refusal(.pinAuthInvalid) }
        return try NewPIN.state(padded: padded, policy: pinPolicy(store.read()))
    }
}
