import CTAP2

/// Options of getInfo that tell of more than that a command is there.
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

    /// Whether the sensor knows somebody (option uv).
    func isBuiltInUVConfigured(_ state: KeyState) -> Bool {
        offersBioEnrollment(.standard) || offersBioEnrollment(.preview)
            ? !templates(in: state).isEmpty : userVerification.builtIn?.isConfigured == true
    }

    /// The fingers that the key knows.
    func templates(in state: KeyState) -> [FingerprintTemplate] {
        state.templates ?? (userVerification.builtIn?.isConfigured == true ? [.first] : [])
    }
}
