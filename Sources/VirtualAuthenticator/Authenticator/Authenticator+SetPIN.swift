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
        let hash = try newPINHash(newPINEnc, secret)
        try store.change { state throws(Refusal) in
            // Another process may have been first.
            guard state.pin == nil else { throw Refusal(.pinAuthInvalid) }
            state.pin = PINState(hash: hash)
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
        let hash = try newPINHash(newPINEnc, secret)
        guard !old.mustChange || hash != old.hash else { throw Refusal(.pinPolicyViolation) }
        try store.change { state throws(Refusal) in
            state.pin = PINState(hash: hash)
        }
        user.token = nil
        return .finished(nil)
    }

    private func newPINHash(_ newPINEnc: [UInt8], _ secret: PINSharedSecret) throws(Refusal) -> [UInt8] {
        guard let padded = secret.decrypt(newPINEnc) else { throw Refusal(.pinAuthInvalid) }
        return try NewPIN.hash(padded: padded, settings: verification)
    }
}
