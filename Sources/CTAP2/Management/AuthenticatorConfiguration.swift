/// Changes a key's settings (CTAP 2.3 §6.11).
///
/// A protected key requires a token with the permission `authenticatorConfiguration`, see
/// `OpenKey.authenticatorConfiguration()`. `AuthenticatorInfo.offers` tests whether the key supports a setting.
public struct AuthenticatorConfiguration: Sendable {
    private let session: Session
    private let token: PINUVAuthToken?

    /// For a key with the option `authnrCfg`.
    public init(_ session: Session, token: PINUVAuthToken?) {
        self.session = session
        self.token = token
    }

    /// Lets the key identify itself to permitted sites; only a reset turns it off.
    public func enableEnterpriseAttestation(_ operation: Operation) async throws(SessionError) {
        try await send(AuthenticatorConfigRequest(.enableEnterpriseAttestation), operation)
    }

    /// Sets whether the key requires user verification for every operation; returns whether that was a change.
    ///
    /// CTAP can only toggle the setting, so its state is read first. Some keys refuse to turn it off.
    @discardableResult
    public func setAlwaysUv(_ isOn: Bool, _ operation: Operation) async throws(SessionError) -> Bool {
        let info = try await session.getInfo(refresh: true, operation)
        guard let state = info.options.alwaysUv else { throw .refused(.notSupported, .config) }
        guard state != isOn else { return false }
        try await send(AuthenticatorConfigRequest(.toggleAlwaysUv), operation)
        return true
    }

    /// Changes the key's policy for PINs. A forced change invalidates the token.
    public func setMinPINLength(_ change: PINPolicyChange, _ operation: Operation) async throws(SessionError) {
        try await send(AuthenticatorConfigRequest(.setMinPINLength, pinPolicy: change), operation)
    }

    /// Makes a reset require a long touch; only a reset turns it off.
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
    /// Whether the key supports a setting, according to its options and, if present, its list of subcommands (CTAP 2.3
    /// §6.4, `authenticatorConfigCommands`).
    public func offers(_ setting: AuthenticatorConfigSubCommand) -> Bool {
        guard options.authnrCfg, authenticatorConfigCommands?.contains(UInt64(setting.rawValue)) != false else {
            return false
        }
        return switch setting {
        case .enableEnterpriseAttestation: options.ep != nil
        case .toggleAlwaysUv: options.alwaysUv != nil
        case .setMinPINLength: options.setMinPINLength
        // No option reports this setting: without the list of subcommands, support is unknown.
        case .enableLongTouchForReset: true
        }
    }
}
