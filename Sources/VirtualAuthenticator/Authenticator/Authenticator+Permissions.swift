import CTAP2

/// Which permissions a token may have (CTAP 2.1 §6.5.5.7).
extension Authenticator {
    /// Those of getPinToken; tokens of keys from before CTAP 2.1 are for everything.
    var defaultPermissions: TokenPermissions {
        guard verification.tokensHavePermissions else { return .all }
        return permissionsForSitesByPIN
    }

    /// Those of getPinUvAuthTokenUsingPinWithPermissions.
    var permissionsByPIN: TokenPermissions {
        permissionsForSitesByPIN.union(permissionsOfCommands)
    }

    /// Those of getPinUvAuthTokenUsingUvWithPermissions.
    var permissionsByUV: TokenPermissions {
        var permissions = TokenPermissions.ofSites.union(permissionsOfCommands)
        if !settings.management.uvAcfg { permissions.remove(.authenticatorConfiguration) }
        return permissions
    }

    private var permissionsForSitesByPIN: TokenPermissions {
        verification.noMcGaPermissionsWithClientPin ? [] : .ofSites
    }

    /// Those that want a command which the key has.
    private var permissionsOfCommands: TokenPermissions {
        var permissions: TokenPermissions = []
        if settings.offersCredentialManagement(.standard) { permissions.insert(.credentialManagement) }
        if settings.offersConfig { permissions.insert(.authenticatorConfiguration) }
        return permissions
    }
}

extension KeySettings {
    var offersConfig: Bool { ManagementSettings.ConfigCommand.allCases.contains(where: offers) }

    /// Whether config has this subcommand; one about PINs or verification wants a key that has such.
    func offers(_ command: ManagementSettings.ConfigCommand) -> Bool {
        guard management.configCommands.contains(command) else { return false }
        return switch command {
        case .setMinPINLength: userVerification.supportsPIN
        case .toggleAlwaysUv: userVerification.offersClientPIN
        case .enableEnterpriseAttestation, .enableLongTouchForReset: true
        }
    }

    /// Whether the key has credentialManagement in this form; without tokens it could not be used.
    func offersCredentialManagement(_ form: ManagementSettings.CommandForm) -> Bool {
        guard management.credentialManagement == form else { return false }
        return form == .standard ? userVerification.offersTokenPermissions : userVerification.offersClientPIN
    }
}
