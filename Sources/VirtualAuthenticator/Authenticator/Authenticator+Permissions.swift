import CTAP2

/// The permissions that a token may have (CTAP 2.1 §6.5.5.7).
extension Authenticator {
    /// Those of getPinToken; on keys from before CTAP 2.1 a token allows everything.
    var defaultPermissions: TokenPermissions {
        guard verification.tokensHavePermissions else { return .all }
        return permissionsForSitesByPIN
    }

    /// The permissions that getPinUvAuthTokenUsingPinWithPermissions grants.
    var permissionsByPIN: TokenPermissions {
        permissionsForSitesByPIN.union(permissionsOfCommands)
    }

    /// The permissions that getPinUvAuthTokenUsingUvWithPermissions grants.
    var permissionsByUV: TokenPermissions {
        var permissions = TokenPermissions.ofSites.union(permissionsOfCommands)
        if !settings.management.uvAcfg { permissions.remove(.authenticatorConfiguration) }
        if !fingerprints.uvBioEnroll { permissions.remove(.bioEnrollment) }
        return permissions
    }

    private var permissionsForSitesByPIN: TokenPermissions {
        verification.noMcGaPermissionsWithClientPin ? [] : .ofSites
    }

    /// Those for commands that the key has.
    private var permissionsOfCommands: TokenPermissions {
        var permissions: TokenPermissions = []
        if settings.offersCredentialManagement(.standard) { permissions.insert(.credentialManagement) }
        if settings.offersPersistentToken { permissions.insert(.readOnlyCredentialManagement) }
        if settings.offersBioEnrollment(.standard) { permissions.insert(.bioEnrollment) }
        if settings.management.largeBlobCapacity != nil { permissions.insert(.largeBlobWrite) }
        if settings.offersConfig { permissions.insert(.authenticatorConfiguration) }
        return permissions
    }
}
