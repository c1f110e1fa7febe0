import CTAP2

/// Comparison of PINs and its retry counter (CTAP 2.1 §6.5.5.6, §6.5.5.7).
extension Authenticator {
    /// Fails the command if the PIN is not set or is blocked.
    func requirePINTries() throws(Refusal) {
        guard let pin = try store.read().pin else { throw Refusal(.pinNotSet) }
        guard pin.retries > 0 else { throw Refusal(.pinBlocked) }
        guard !user.needsPowerCycle else { throw Refusal(.pinAuthBlocked) }
    }

    /// `decapsulate`.
    func sharedSecret(
        with platformKey: CBORMap,
        for pinProtocol: PINProtocol
    ) throws(Refusal) -> PINSharedSecret {
        try user.keyAgreement.sharedSecret(with: platformKey, for: pinProtocol, random: &store.random)
    }

    /// Compares the PIN in a request with the key's own, and returns the latter if they are equal.
    ///
    /// Counts and saves the try before the comparison, so that cutting the power does not restore it.
    func comparePIN(_ pinHashEnc: [UInt8], _ secret: PINSharedSecret) throws(Refusal) -> PINState {
        let pin = try store.change { state throws(Refusal) in
            guard let pin = state.pin else { throw Refusal(.pinNotSet) }
            guard pin.retries > 0 else { throw Refusal(.pinBlocked) }
            state.pin?.retries = pin.retries - 1
            return pin
        }
        let given = secret.decrypt(pinHashEnc)?.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }
        guard let given, PINProtocol.areEqual(given, pin.hash) else {
            try refusePIN(triesLeft: pin.retries - 1, secret.pinProtocol)
        }
        user.mismatchesInARow = 0
        try store.change { state throws(Refusal) in
            state.pin?.retries = PINState.maximumRetries
            state.uvRetries = nil
        }
        report(.verificationTried(.pin, succeeded: true, retries: PINState.maximumRetries))
        return pin
    }

    private func refusePIN(triesLeft: Int, _ pinProtocol: PINProtocol) throws(Refusal) -> Never {
        user.keyAgreement.regenerate(pinProtocol)
        user.mismatchesInARow += 1
        report(.verificationTried(.pin, succeeded: false, retries: triesLeft))
        if triesLeft == 0 { throw Refusal(.pinBlocked) }
        throw Refusal(user.needsPowerCycle ? .pinAuthBlocked : .pinInvalid)
    }
}
