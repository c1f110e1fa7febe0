/// Capabilities that depend on several settings.
extension KeySettings {
    /// Whether the key supports this form of credentialManagement, which requires tokens.
    func offersCredentialManagement(_ form: ManagementSettings.CommandForm) -> Bool {
        management.credentialManagement.contains(form) && hasTokens(for: form)
    }

    /// Whether the key supports this form of bioEnrollment, which requires tokens and a fingerprint sensor.
    func offersBioEnrollment(_ form: ManagementSettings.CommandForm) -> Bool {
        management.fingerprints.bioEnrollment.contains(form) && hasTokens(for: form)
            && userVerification.builtIn?.isForFingerprints == true
    }

    private func hasTokens(for form: ManagementSettings.CommandForm) -> Bool {
        switch form {
        case .standard: userVerification.offersTokenPermissions
        case .preview: userVerification.offersClientPIN
        }
    }

    var offersPersistentToken: Bool { management.persistentToken && offersCredentialManagement(.standard) }

    var offersConfig: Bool { ManagementSettings.ConfigCommand.allCases.contains(where: offers) }

    /// Whether the key supports this subcommand of config.
    func offers(_ command: ManagementSettings.ConfigCommand) -> Bool {
        guard management.configCommands.contains(command) else { return false }
        return switch command {
        case .setMinPINLength: userVerification.supportsPIN
        case .toggleAlwaysUv: userVerification.offersClientPIN
        case .enableEnterpriseAttestation, .enableLongTouchForReset: true
        }
    }

    /// The extensions without those that depend on an unsupported command or extension.
    var offeredExtensions: KeyExtensions {
        extensions.filter { identifier in
            switch identifier {
            case "credBlob": extensions.identifiers.contains("credProtect")
            case "hmac-secret": userVerification.offersClientPIN
            case "hmac-secret-mc": userVerification.offersClientPIN && extensions.identifiers.contains("hmac-secret")
            case "largeBlobKey": management.largeBlobCapacity != nil
            case "minPinLength": offers(.setMinPINLength)
            case "pinComplexityPolicy": offers(.setMinPINLength) && management.pinComplexityPolicy != nil
            default: true
            }
        }
    }

    /// The versions whose mandatory features the key supports (CTAP 2.3 §9).
    var trueVersions: [String] {
        var versions = ["FIDO_2_0"]
        if offersCredentialManagement(.preview) || offersBioEnrollment(.preview) { versions.append("FIDO_2_1_PRE") }
        let hasExtensions = Set(offeredExtensions.identifiers).isSuperset(of: ["hmac-secret", "credProtect"])
        guard
            edition >= .ctap21, hasExtensions, offersCredentialManagement(.standard),
            userVerification.protocols.contains(.two)
        else { return versions }
        versions.append("FIDO_2_1")
        if edition >= .ctap23 { versions.append("FIDO_2_3") }
        return versions
    }
}

extension UserVerificationSettings.BuiltIn {
    /// According to uvModality of getInfo.
    var isForFingerprints: Bool { modality & 0x02 != 0 }
}
