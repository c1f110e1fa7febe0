import CTAP2

/// The options of getInfo, except those that only announce a command.
extension KeySettings {
    func configOptions(_ state: KeyState) -> CBORMap {
        var options: CBORMap = ["authnrCfg": true]
        if offers(.setMinPINLength) { options["setMinPINLength"] = true }
        if offers(.enableEnterpriseAttestation) { options["ep"] = .bool(state.configuration.enterpriseAttestation) }
        if management.uvAcfg, userVerification.builtIn != nil { options["uvAcfg"] = true }
        return options
    }

    func credentialManagementOptions() -> CBORMap {
        var options: CBORMap = ["credMgmt": true]
        if offersPersistentToken { options["perCredMgmtRO"] = true }
        return options
    }

    func bioEnrollmentOptions(_ state: KeyState) -> CBORMap {
        var options: CBORMap = ["bioEnroll": .bool(isBuiltInUVConfigured(state))]
        if management.fingerprints.uvBioEnroll { options["uvBioEnroll"] = true }
        return options
    }

    /// Whether a finger is enrolled (option uv).
    func isBuiltInUVConfigured(_ state: KeyState) -> Bool {
        offersBioEnrollment(.standard) || offersBioEnrollment(.preview)
            ? !templates(in: state).isEmpty : userVerification.builtIn?.isConfigured == true
    }

    /// The enrolled fingers.
    func templates(in state: KeyState) -> [EnrolledFinger] {
        state.templates ?? (userVerification.builtIn?.isConfigured == true ? [.first] : [])
    }
}
