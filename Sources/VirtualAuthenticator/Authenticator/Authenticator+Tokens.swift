import CTAP2
import Platform

/// Issuing pinUvAuthTokens (CTAP 2.1 §6.5.5.7).
extension Authenticator {
    /// getPinToken (§6.5.5.7.1), the only method of CTAP 2.0.
    func getPinToken(_ request: ClientPINParameters) throws(Refusal) -> CommandStep {
        let platformKey = try request.platformKey.required()
        let pinHashEnc = try request.pinHashEnc.required()
        let pinProtocol = try self.pinProtocol(of: request)
        guard request.permissions == nil, request.rpId == nil else { throw Refusal(.invalidParameter) }
        try requirePINTries()
        let secret = try sharedSecret(with: platformKey, for: pinProtocol)
        let pin = try comparePIN(pinHashEnc, secret)
        guard !pin.mustChange else { throw Refusal(.pinInvalid) }
        return try newToken(secret, permissions: defaultPermissions, rpId: nil, isUserPresent: false)
    }

    /// getPinUvAuthTokenUsingPinWithPermissions (§6.5.5.7.2).
    func getTokenUsingPin(_ request: ClientPINParameters) throws(Refusal) -> CommandStep {
        let platformKey = try request.platformKey.required()
        let pinHashEnc = try request.pinHashEnc.required()
        let (pinProtocol, permissions) = try permittedToken(for: request, grantable: permissionsByPIN)
        try requirePINTries()
        let secret = try sharedSecret(with: platformKey, for: pinProtocol)
        let pin = try comparePIN(pinHashEnc, secret)
        guard !pin.mustChange else { throw Refusal(.pinPolicyViolation) }
        guard permissions != .readOnlyCredentialManagement else { return try persistentToken(secret) }
        return try newToken(secret, permissions: permissions, rpId: request.rpId, isUserPresent: false)
    }

    /// getPinUvAuthTokenUsingUvWithPermissions (§6.5.5.7.3).
    func getTokenUsingUv(_ request: ClientPINParameters) throws(Refusal) -> CommandStep {
        let platformKey = try request.platformKey.required()
        let (pinProtocol, permissions) = try permittedToken(for: request, grantable: permissionsByUV)
        let state = try store.read()
        guard let builtIn = verification.builtIn, settings.isBuiltInUVConfigured(state) else {
            throw Refusal(.notAllowed)
        }
        guard uvRetries(in: state) > 0 else { throw Refusal(.userVerificationBlocked) }
        let secret = try sharedSecret(with: platformKey, for: pinProtocol)
        let prompt = PresenceRequest(operation: .verify, gesture: .fingerprint, relyingPartyID: request.rpId)
        let internalRetry = builtIn.preferredPlatformUvAttempts <= 1
        return try performBuiltInUV(prompt, internalRetry: internalRetry) { [unowned self] outcome throws(Refusal) in
            switch outcome {
            case .succeeded where permissions == .readOnlyCredentialManagement: return try persistentToken(secret)
            case .succeeded:
                return try newToken(secret, permissions: permissions, rpId: request.rpId, isUserPresent: true)
            case .declined: throw Refusal(.operationDenied)
            case .timedOut: throw Refusal(.userActionTimeout)
            case .failed(let retries):
                throw Refusal(retries == 0 ? .userVerificationBlocked : .userVerificationInvalid)
            }
        }
    }

    /// The initial checks of both commands with permissions.
    private func permittedToken(
        for request: ClientPINParameters,
        grantable: TokenPermissions
    ) throws(Refusal) -> (PINProtocol, TokenPermissions) {
        let asked = try request.permissions.required()
        let pinProtocol = try self.pinProtocol(of: request)
        guard asked.rawValue != 0 else { throw Refusal(.invalidParameter) }
        // Undefined bits are ignored.
        let permissions = asked.intersection(.all)
        let isMixed =
            permissions.contains(.readOnlyCredentialManagement) && permissions != .readOnlyCredentialManagement
        guard permissions.isSubset(of: grantable), !isMixed else { throw Refusal(.unauthorizedPermission) }
        if !permissions.isDisjoint(with: .ofSites) { _ = try request.rpId.required() }
        return (pinProtocol, permissions)
    }

    /// The token that can only read credentials; issuing it invalidates no other.
    private func persistentToken(_ secret: PINSharedSecret) throws(Refusal) -> CommandStep {
        let token = try store.identity().token
        guard let encrypted = try? secret.encrypt(token, random: &store.random) else { throw Refusal(.other) }
        report(.tokenGiven)
        return .finished([0x02: .bytes(encrypted)])
    }

    /// Issues a new token, which invalidates the last one of either protocol.
    private func newToken(
        _ secret: PINSharedSecret,
        permissions: TokenPermissions,
        rpId: String?,
        isUserPresent: Bool
    ) throws(Refusal) -> CommandStep {
        let token = store.random.bytes(32)
        guard let encrypted = try? secret.encrypt(token, random: &store.random) else { throw Refusal(.other) }
        user.token = PINUVToken(
            token,
            for: secret.pinProtocol,
            permissions: permissions,
            rpId: rpId,
            isUserPresent: isUserPresent,
            isRolling: verification.tokensRoll,
            at: now
        )
        report(.tokenGiven)
        return .finished([0x02: .bytes(encrypted)])
    }
}
