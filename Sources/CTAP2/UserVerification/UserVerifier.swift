/// Verifies the user as the key and the relying party require (CTAP 2.1 §6.1.1, §6.2.1), and runs a command with the
/// proof.
package struct UserVerifier: Sendable {
    let session: Session
    let interaction: any UserInteraction
    let authorization: Authorization
    let operation: Operation

    package init(
        _ session: Session,
        for authorization: Authorization,
        interaction: any UserInteraction,
        _ operation: Operation
    ) {
        self.session = session
        self.authorization = authorization
        self.interaction = interaction
        self.operation = operation
    }

    /// Verifies the user if necessary and runs `command` with the proof; runs it again if the key rejects the proof as
    /// insufficient.
    package func run<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(UserVerificationError) -> Response {
        let options = try await info().options
        switch UserVerificationPlan(for: authorization, options: options) {
        case .notNeeded: return try await runUnverified(command)
        case .impossible(let obstacle): throw .impossible(obstacle)
        case .methods(let methods):
            return try await run(command, verifiedBy: methods, isDemanded: isDemanded(options))
        }
    }

    /// A token for several commands; `nil` if the key is not protected and the commands need none.
    package func token() async throws(UserVerificationError) -> PINUVAuthToken? {
        let verification = try await run { verification throws(SessionError) in verification }
        if case .token(let token) = verification { return token }
        return nil
    }

    /// Whether the relying party or the key requires verification: the key does if it plans one even where the relying
    /// party discourages it.
    private func isDemanded(_ options: AuthenticatorOptions) -> Bool {
        var unwanted = authorization
        unwanted.requirement = .discouraged
        return authorization.requirement == .required
            || UserVerificationPlan(for: unwanted, options: options) != .notNeeded
    }

    /// Runs the command without verification; with it after all if the key turns out to require it.
    private func runUnverified<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(UserVerificationError) -> Response {
        let refusal: SessionError
        do throws(SessionError) {
            return try await command(.none)
        } catch {
            refusal = error
        }
        var required = authorization
        required.requirement = .required
        guard refusal.status == .pinUVAuthTokenRequired,
            case .methods(let methods) = UserVerificationPlan(
                for: required,
                options: try await info(refresh: true).options
            )
        else { throw .session(refusal) }
        return try await run(command, verifiedBy: methods, isDemanded: true)
    }

    /// Tries the methods in order; with `isDemanded` the command never runs without verification.
    private func run<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response,
        verifiedBy methods: [UserVerificationPlan.Method],
        isDemanded: Bool
    ) async throws(UserVerificationError) -> Response {
        var failure: SessionError?
        let hasProtocol = try await info().preferredPINUVAuthProtocol != nil
        for method in methods where method.canBeTried(hasProtocol: hasProtocol, canEnterPIN: interaction.canEnterPIN) {
            let attempt: Result<Response, SessionError>
            switch method {
            case .builtInForToken: attempt = try await runWithTokenByBuiltIn(command)
            case .builtInOption: attempt = try await runWithBuiltInOption(command)
            case .pinForToken, .pinForLegacyToken:
                let counter = isDemanded ? nil : try await pinRetryCounter()
                guard counter?.retries != 0 else {
                    failure = .status(.pinBlocked, .clientPIN)
                    continue
                }
                return try await run(command, withTokenByPINBecause: failure == nil ? .needed : .builtInFailed, counter)
            }
            switch attempt {
            case .success(let response): return response
            case .failure(let error): failure = error
            }
        }
        if let failure {
            // Preferred verification that is unavailable is skipped; verification that failed is an error.
            guard !isDemanded, failure.saysBuiltInIsUnusable else {
                throw failure.status == .operationDenied ? .session(failure) : .builtInFailed(failure)
            }
            operation.report(.proceedsUnverified(failure.status))
        } else if isDemanded {
            throw hasProtocol ? .pinNeeded : .session(.refused(.noPINUVAuthProtocol, .clientPIN))
        }
        return try await runUnverified(command)
    }

    private func run<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response,
        withTokenByPINBecause reason: PINRequest.Reason,
        _ counter: PINRetryCounter?
    ) async throws(UserVerificationError) -> Response {
        let dialogue = PINDialogue(session, with: interaction, operation)
        let token = try await dialogue.token(for: authorization, reason: reason, counter: counter)
        do throws(SessionError) {
            return try await command(.token(token))
        } catch {
            throw .session(error)
        }
    }

    private func pinRetryCounter() async throws(UserVerificationError) -> PINRetryCounter {
        do throws(SessionError) {
            return try await session.getPINRetries(operation)
        } catch {
            throw .session(error)
        }
    }

    private func info(refresh: Bool = false) async throws(UserVerificationError) -> AuthenticatorInfo {
        do throws(SessionError) {
            return try await session.getInfo(refresh: refresh, operation)
        } catch {
            throw .session(error)
        }
    }
}

extension UserVerificationPlan.Method {
    /// A token requires a PIN/UV auth protocol that both sides support, and a PIN requires someone who can enter it.
    fileprivate func canBeTried(hasProtocol: Bool, canEnterPIN: Bool) -> Bool {
        switch self {
        case .builtInOption: true
        case .builtInForToken: hasProtocol
        case .pinForToken, .pinForLegacyToken: hasProtocol && canEnterPIN
        }
    }
}
