/// Changes a key's settings (CTAP 2.3 §6.11).
///
/// Takes a token for `authenticatorConfiguration` from a key that is protected, see `OpenKey.authenticatorConfiguration()`.
/// What a key offers, `AuthenticatorInfo.offers` says.
public struct AuthenticatorConfiguration: Sendable {
    private let session: Session
    private let token: PINUVAuthToken?

    /// For a key with the option `authnrCfg`.
    public init(_ session: Session, token: PINUVAuthToken?) {
        self.session = session
        self.token = token
    }

    /// Lets the key tell permitted sites which one it is; only a reset turns it off.
    public func enableEnterpriseAttestation(_ operation: Operation) async throws(SessionError) {
        try await send(AuthenticatorConfigRequest(.enableEnterpriseAttestation), operation)
    }

    /// Has the key demand user verification for everything, or no longer; returns whether that was a change.
    ///
    /// The key can only toggle it, and is asked first how it stands. Some keys do not let it be turned off.
    @discardableResult
    public func setAlwaysUv(_ isOn: Bool, _ operation: Operation) async throws(SessionError) -> Bool {
        let info = try await session.getInfo(refresh: true, operation)
        guard info.options.alwaysUv != isOn else { return false }
        try await send(AuthenticatorConfigRequest(.toggleAlwaysUv), operation)
        return true
    }

    /// Changes which PINs the key accepts. After a forced change the token authorizes nothing any more.
    public func setMinPINLength(_ change: PINPolicyChange, _ operation: Operation) async throws(SessionError) {
        try await send(AuthenticatorConfigRequest(.setMinPINLength, pinPolicy: change), operation)
    }

    /// Has a reset of the key take a long touch; only a reset undoes it.
    public func enableLongTouchForReset(_ operation: Operation) async throws(SessionError) {
        try await send(AuthenticatorConfigRequest(.enableLongTouchForReset), operation)
    }

    private func send(_ request: AuthenticatorConfigRequest, _ operation: Operation) async throws(SessionError) {
        var request = request
        if let token { request.authorize(with: token) }
        _ = try await session.send(request, operation)
        await session.forgetInfo()
    }
}

extension AuthenticatorInfo {
    /// Whether the key has a setting: by its options, and by the list of its settings where it sends one (CTAP 2.3 §6.4,
    /// `authenticatorConfigCommands`).
    public func offers(_ setting: AuthenticatorConfigSubCommand) -> Bool {
        guard options.authnrCfg, authenticatorConfigCommands?.contains(UInt64(setting.rawValue)) != false else {
            return false
        }
        return switch setting {
        case .enableEnterpriseAttestation: options.ep != nil
        case .toggleAlwaysUv: options.alwaysUv != nil
        case .setMinPINLength: options.setMinPINLength
        // Its state is no option, so that keys without it cannot be told apart unless they send the list.
        case .enableLongTouchForReset: true
        }
    }
}
