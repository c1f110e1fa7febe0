/// Management of the key. Each method verifies the user once, for all commands of the value that it returns. Throws
/// `SessionError.Refusal.notSupported` without prompting if the key lacks the command.
extension OpenKey {
    public func credentialManagement() async throws(UserVerificationError) -> CredentialManagement {
        let command = try await required(.credentialManagement) { $0.credentialManagementCommand }
        return CredentialManagement(session, command: command, token: try await token(.credentialManagement))
    }

    /// A read-only token for listing credentials, for storing: it remains valid until the PIN is changed or the key is
    /// reset. Only keys with the option `perCredMgmtRO` issue one.
    public func persistentToken() async throws(UserVerificationError) -> PINUVAuthToken {
        try await token(.persistentCredentialManagementReadOnly)
    }

    public func bioEnrollment() async throws(UserVerificationError) -> BioEnrollment {
        let command = try await required(.bioEnrollment) { $0.bioEnrollmentCommand }
        return BioEnrollment(session, command: command, token: try await token(.bioEnrollment))
    }

    /// For reading and writing. To read only, create `LargeBlobs` directly: reading needs no token.
    public func largeBlobs() async throws(UserVerificationError) -> LargeBlobs {
        let info = try await required(.largeBlobs) { $0.options.largeBlobs ? $0 : nil }
        return LargeBlobs(session, info, token: try await tokenIfProtected(.largeBlobWrite))
    }

    public func authenticatorConfiguration() async throws(UserVerificationError) -> AuthenticatorConfiguration {
        _ = try await required(.config) { $0.options.authnrCfg ? $0 : nil }
        return AuthenticatorConfiguration(session, token: try await tokenIfProtected(.authenticatorConfiguration))
    }

    /// Runs commands of the session and wraps their errors in `UserVerificationError.session`.
    public func perform<Result>(
        _ commands: () async throws(SessionError) -> Result
    ) async throws(UserVerificationError) -> Result {
        do throws(SessionError) {
            return try await commands()
        } catch {
            throw .session(error)
        }
    }

    private func required<Feature>(
        _ command: CTAPCommand,
        _ feature: (AuthenticatorInfo) -> Feature?
    ) async throws(UserVerificationError) -> Feature {
        let info = try await perform { () throws(SessionError) in
            try await session.requireCTAP2(for: command, operation)
            return try await session.getInfo(operation)
        }
        guard let feature = feature(info) else { throw .session(.refused(.notSupported, command)) }
        return feature
    }

    /// A token for a command that always requires one.
    private func token(_ permissions: PINUVAuthPermissions) async throws(UserVerificationError) -> PINUVAuthToken {
        let authorization = Authorization(.management, permissions: permissions, requirement: .required)
        guard let token = try await token(for: authorization) else { throw .impossible(.notSupported) }
        return token
    }

    private func tokenIfProtected(
        _ permissions: PINUVAuthPermissions
    ) async throws(UserVerificationError) -> PINUVAuthToken? {
        try await token(for: Authorization(.management, permissions: permissions, requirement: .discouraged))
    }
}
