import CTAP2

/// What management commands make of pinUvAuthParam (CTAP 2.1 §6.7 to §6.11).
extension Authenticator {
    /// Ends a command that came without pinUvAuthParam.
    func requirePINUVAuth(_ auth: PINUVAuthParameters) throws(Refusal) {
        guard auth.parameter != nil else { throw Refusal(.pinUVAuthTokenRequired) }
    }

    /// Checks that pinUvAuthParam authenticates `message` by a token that has the permission.
    func authorize(
        _ auth: PINUVAuthParameters,
        for permission: TokenPermissions,
        over message: [UInt8]
    ) throws(Refusal) -> ManagementToken {
        try requirePINUVAuth(auth)
        guard let pinProtocol = try pinProtocol(of: auth), let code = auth.parameter else {
            throw Refusal(.pinUVAuthTokenRequired)
        }
        guard
            var token = user.token,
            token.verifies(code, of: message, by: pinProtocol, at: now),
            token.permissions.contains(permission)
        else { throw Refusal(.pinAuthInvalid) }
        token.use(for: nil, at: now)
        user.token = token
        return ManagementToken(bytes: token.bytes, rpId: token.rpId)
    }

    /// Ends a command that is about all sites when the token is for one.
    func requireUnbound(_ token: ManagementToken) throws(Refusal) {
        guard token.rpId == nil else { throw Refusal(.pinAuthInvalid) }
    }
}

/// The token that allowed a management command.
struct ManagementToken: Hashable {
    var bytes: [UInt8]
    /// The one site that it is for, if it is bound.
    var rpId: String?
}
