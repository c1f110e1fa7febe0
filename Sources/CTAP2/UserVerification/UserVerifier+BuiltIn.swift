extension UserVerifier {
    /// How often built-in verification is tried on keys that have no wish of their own.
    private static let defaultAttempts = 3

    /// Runs the command with a token that the key gives for built-in verification; a failure says that this verification
    /// led nowhere, so that a PIN may.
    func runWithTokenByBuiltIn<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(UserVerificationError) -> Result<Response, SessionError> {
        let token: PINUVAuthToken
        do throws(SessionError) {
            token = try await tokenByBuiltIn()
        } catch {
            guard error.isBuiltInFailure else { throw .session(error) }
            reportIfUnusable(error)
            return .failure(error)
        }
        do throws(SessionError) {
            return .success(try await command(.token(token)))
        } catch {
            throw .session(error)
        }
    }

    /// Runs the command so that the key verifies its user in the course of it; a failure may be one of the verification.
    func runWithBuiltInOption<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(UserVerificationError) -> Result<Response, SessionError> {
        operation.report(.verification(.needed))
        do throws(SessionError) {
            return .success(try await command(.builtInOption))
        } catch {
            // Here the key denies the operation when it did not recognize its user (CTAP 2.1 §6.1.2 step 11.2).
            guard error.isBuiltInFailure || error.status == .operationDenied else { throw .session(error) }
            reportIfUnusable(error)
            return .failure(error)
        }
    }

    private func tokenByBuiltIn() async throws(SessionError) -> PINUVAuthToken {
        let info = try await session.getInfo(operation)
        var attempts = max(1, info.preferredPlatformUvAttempts ?? Self.defaultAttempts)
        while true {
            operation.report(.verification(.needed))
            do throws(SessionError) {
                let token = try await session.getTokenUsingBuiltInVerification(
                    permissions: authorization.permissions,
                    rpId: authorization.rpId,
                    operation
                )
                operation.report(.verification(.succeeded))
                return token
            } catch {
                guard error.status == .userVerificationInvalid else { throw error }
                let retries = try await session.getUVRetries(operation)
                operation.report(.verification(.failed(retries: retries)))
                attempts -= 1
                guard attempts > 0, retries != 0 else { throw error }
            }
        }
    }

    private func reportIfUnusable(_ error: SessionError) {
        if error.saysBuiltInIsUnusable { operation.report(.verification(.blocked)) }
    }
}

extension SessionError {
    /// Whether built-in verification failed or is unavailable; other errors are not about it.
    fileprivate var isBuiltInFailure: Bool {
        status == .userVerificationInvalid || status == .pinUVAuthTokenRequired || saysBuiltInIsUnusable
    }

    /// Whether built-in verification cannot be had now, however often it is tried (CTAP 2.1 §6.5.5.7.3): it is blocked, not set
    /// up, or not for this.
    var saysBuiltInIsUnusable: Bool {
        switch status {
        case .userVerificationBlocked, .pinBlocked, .notAllowed, .unauthorizedPermission: true
        default: false
        }
    }
}
