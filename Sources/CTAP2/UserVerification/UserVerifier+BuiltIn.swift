extension UserVerifier {
    /// The number of attempts at built-in verification on keys that do not state a preference.
    private static let defaultAttempts = 3

    /// Runs the command with a token from built-in verification. A failure in the result is one of the verification: a
    /// PIN may still succeed.
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

    /// Runs the command with its option `uv`. A failure in the result may be one of the verification.
    func runWithBuiltInOption<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(UserVerificationError) -> Result<Response, SessionError> {
        operation.report(.verification(.needed))
        do throws(SessionError) {
            return .success(try await command(.builtInOption))
        } catch {
            // Here a key denies the operation when it does not recognize its user (CTAP 2.1 §6.1.2 step 11.2).
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
    /// Whether built-in verification failed or is unavailable.
    fileprivate var isBuiltInFailure: Bool {
        status == .userVerificationInvalid || status == .pinUVAuthTokenRequired || saysBuiltInIsUnusable
    }

    /// Whether built-in verification is unavailable, so that another attempt is pointless (CTAP 2.1 §6.5.5.7.3):
    /// blocked, not set up, or not allowed for this operation.
    var saysBuiltInIsUnusable: Bool {
        switch status {
        case .userVerificationBlocked, .pinBlocked, .notAllowed, .unauthorizedPermission: true
        default: false
        }
    }
}
