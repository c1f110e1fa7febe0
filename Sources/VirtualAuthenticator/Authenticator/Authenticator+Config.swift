import CTAP2

/// authenticatorConfig (CTAP 2.1 §6.11): dispatches the subcommands and implements the short ones.
extension Authenticator {
    func config(_ request: ConfigParameters) throws(Refusal) -> CommandStep {
        let command = ManagementSettings.ConfigCommand(rawValue: request.subCommand)
        guard let command, settings.offers(command) else { throw Refusal(.invalidSubcommand) }
        let state = try store.read()
        if requiresToken(command, state) {
            _ = try authorize(request.pinUVAuth, for: .authenticatorConfiguration, over: request.message)
        }
        switch command {
        case .enableEnterpriseAttestation: try change { $0.enterpriseAttestation = true }
        case .toggleAlwaysUv:
            let isOn = isAlwaysUv(state)
            try change { $0.alwaysUv = !isOn }
        case .setMinPINLength: try setMinPINLength(MinPINLengthParameters(request.parameters))
        case .enableLongTouchForReset: try change { $0.longTouchForReset = true }
        }
        return .finished(nil)
    }

    /// Without user verification, anyone may configure the key; with alwaysUv only toggleAlwaysUv is allowed, so that the
    /// key can be made usable again.
    private func requiresToken(_ command: ManagementSettings.ConfigCommand, _ state: KeyState) -> Bool {
        guard !isProtected(state) else { return true }
        return isAlwaysUv(state) && command != .toggleAlwaysUv
    }

    private func change(_ body: (inout KeyConfiguration) -> Void) throws(Refusal) {
        try store.change { state throws(Refusal) in
            body(&state.configuration)
        }
    }
}

/// The settings as config changed them; without a change, those of manufacture.
extension Authenticator {
    func isAlwaysUv(_ state: KeyState) -> Bool {
        state.configuration.alwaysUv ?? verification.alwaysUv ?? false
    }

    func isLongTouchForReset(_ state: KeyState) -> Bool {
        state.configuration.longTouchForReset ?? settings.management.longTouchForReset
    }

    func pinPolicy(_ state: KeyState) -> PINPolicy {
        let complexity = state.configuration.pinComplexityPolicy ?? settings.management.pinComplexityPolicy
        return PINPolicy(
            minimumLength: state.configuration.minimumPINLength ?? verification.minimumPINLength,
            maximumLength: verification.maximumPINLength,
            requiresComplexity: complexity ?? false
        )
    }
}
