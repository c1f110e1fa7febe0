import CTAP2

/// setMinPINLength of authenticatorConfig (CTAP 2.1 §6.11.4).
extension Authenticator {
    func setMinPINLength(_ request: MinPINLengthParameters) throws(Refusal) {
        let policy = pinPolicy(try store.read())
        let new = try newPolicy(request, after: policy)
        let rpIds = request.minPinLengthRPIDs ?? []
        guard rpIds.count <= settings.management.maximumRPIDsForSetMinPINLength else { throw Refusal(.keyStoreFull) }
        let mustChange = try store.change { state throws(Refusal) in
            guard request.forceChangePin != true || state.pin != nil else { throw Refusal(.pinNotSet) }
            if new.minimumLength != policy.minimumLength { state.configuration.minimumPINLength = new.minimumLength }
            if new.requiresComplexity != policy.requiresComplexity { state.configuration.pinComplexityPolicy = true }
            if !rpIds.isEmpty { state.configuration.minPinLengthRPIDs = rpIds }
            guard let pin = state.pin, request.forceChangePin == true || !new.allows(pin) else { return false }
            state.pin?.mustChange = true
            return true
        }
        if mustChange { try endTokens() }
    }

    /// The policy can only become stricter.
    private func newPolicy(_ request: MinPINLengthParameters, after policy: PINPolicy) throws(Refusal) -> PINPolicy {
        var new = policy
        if let length = request.newMinPINLength {
            guard let length = Int(exactly: length), policy.minimumLength...policy.maximumLength ~= length else {
                throw Refusal(.pinPolicyViolation)
            }
            new.minimumLength = length
        }
        if let complexity = request.pinComplexityPolicy {
            guard settings.management.pinComplexityPolicy != nil else { throw Refusal(.invalidParameter) }
            guard complexity || !policy.requiresComplexity else { throw Refusal(.pinPolicyViolation) }
            new.requiresComplexity = complexity
        }
        return new
    }
}

extension PINPolicy {
    /// Whether the current PIN meets the policy.
    fileprivate func allows(_ pin: PINState) -> Bool {
        pin.length >= minimumLength && (pin.isComplex || !requiresComplexity)
    }
}
