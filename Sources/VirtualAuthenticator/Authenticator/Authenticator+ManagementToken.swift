import CTAP2
import Crypto

/// How management commands check pinUvAuthParam (CTAP 2.1 §6.7 to §6.11).
extension Authenticator {
    /// Fails a command without pinUvAuthParam.
    func requirePINUVAuth(_ auth: PINUVAuthParameters) throws(Refusal) {
        guard auth.parameter != nil else { throw Refusal(.pinUVAuthTokenRequired) }
    }

    /// Checks that pinUvAuthParam authenticates `message` with a token that has the permission.
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
        return .ordinary(token.bytes, rpId: token.rpId)
    }

    /// The same for commands that only read credentials, which the persistent token also authorizes.
    func authorizeReading(_ auth: PINUVAuthParameters, over message: [UInt8]) throws(Refusal) -> ManagementToken {
        if settings.offersPersistentToken, let code = auth.parameter, let pinProtocol = try pinProtocol(of: auth) {
            let key = SymmetricKey(data: try store.identity().token)
            if pinProtocol.verifies(code, of: message, key: key) { return .persistent }
        }
        return try authorize(auth, for: .credentialManagement, over: message)
    }

    /// Whether the token's operation may continue.
    func isInUse(_ token: ManagementToken) -> Bool {
        switch token {
        case .persistent: true
        case .ordinary(let bytes, _): user.token?.bytes == bytes && user.token?.isInUse(at: now) == true
        }
    }

    /// Fails a command for all sites if the token is bound to one.
    func requireUnbound(_ token: ManagementToken) throws(Refusal) {
        guard token.rpId == nil else { throw Refusal(.pinAuthInvalid) }
    }
}

/// The token that authorized a management command.
enum ManagementToken: Hashable {
    /// `rpId` is the site that it is bound to, if any.
    case ordinary([UInt8], rpId: String?)
    /// The persistent, read-only token.
    case persistent

    var rpId: String? {
        if case .ordinary(_, let rpId) = self { rpId } else { nil }
    }
}
