import CTAP2

/// The result of built-in user verification.
enum BuiltInUVOutcome: Hashable {
    /// The gesture also proved user presence.
    case succeeded
    case failed(retries: Int)
    case declined, timedOut
}

extension Authenticator {
    /// The number of attempts that the key itself makes in a row (maxUvAttemptsForInternalRetries).
    private static let internalAttempts = 3

    /// The remaining failures before the sensor is blocked (uvRetries).
    func uvRetries(in state: KeyState) -> Int {
        // A blocked PIN also blocks the sensor.
        guard state.pin?.retries != 0 else { return 0 }
        return state.uvRetries ?? verification.builtIn?.maximumRetries ?? 0
    }

    /// `performBuiltInUv` (CTAP 2.1 §6.5.3.1).
    func performBuiltInUV(
        _ prompt: PresenceRequest,
        internalRetry: Bool,
        then: @escaping (BuiltInUVOutcome) throws(Refusal) -> CommandStep
    ) throws(Refusal) -> CommandStep {
        try attemptBuiltInUV(prompt, attempts: internalRetry ? Self.internalAttempts : 1, then: then)
    }

    private func attemptBuiltInUV(
        _ prompt: PresenceRequest,
        attempts: Int,
        then: @escaping (BuiltInUVOutcome) throws(Refusal) -> CommandStep
    ) throws(Refusal) -> CommandStep {
        let retries = try uvRetries(in: store.read())
        guard retries > 0, attempts > 0 else { return try then(.failed(retries: retries)) }
        return .waitForUser(prompt) { [unowned self] outcome throws(Refusal) in
            switch outcome {
            case .touched:
                try keepUVRetries(nil)
                report(.verificationTried(.builtIn, succeeded: true, retries: try uvRetries(in: store.read())))
                return try then(.succeeded)
            case .notRecognized:
                try keepUVRetries(retries - 1)
                report(.verificationTried(.builtIn, succeeded: false, retries: retries - 1))
                return try attemptBuiltInUV(prompt, attempts: attempts - 1, then: then)
            // A missing gesture does not count as a failure.
            case .declined: return try then(.declined)
            case .timedOut: return try then(.timedOut)
            }
        }
    }

    /// `nil` means all of them.
    private func keepUVRetries(_ retries: Int?) throws(Refusal) {
        try store.change { state throws(Refusal) in
            state.uvRetries = retries
        }
    }
}
