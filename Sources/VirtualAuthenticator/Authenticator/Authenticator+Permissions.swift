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
        TokenPermissions.ofSites.union(permissionsOfCommands)
    }

    private var permissionsForSitesByPIN: TokenPermissions {
        verification.noMcGaPermissionsWithClientPin ? [] : .ofSites
    }

    /// Those that want a command which the key has.
    private var permissionsOfCommands: TokenPermissions {
        settings.offersCredentialManagement(.standard) ? .credentialManagement : []
    }
}

extension KeySettings {
    /// Whether the key has credentialManagement in this form; without tokens it could not be used.
    func offersCredentialManagement(_ form: ManagementSettings.CommandForm) -> Bool {
        guard management.credentialManagement == form else { return false }
        return form == .standard ? userVerification.offersTokenPermissions : userVerification.offersClientPIN
    }
}
