public import CTAPHID

/// Has the user verified for one operation, in whatever way the key and the relying party want (CTAP 2.1 §6.1.1, §6.2.1),
/// and runs the operation with the proof of it.
public struct UserVerifier: Sendable {
    let session: Session
    let operation: UserVerificationPlan.Operation
    let rpId: String
    /// What a token must allow.
    let permissions: PINUVAuthPermissions
    let interaction: any UserInteraction
    let deadline: Deadline
    let onKeepalive: @Sendable (KeepaliveStatus) -> Void

    public init(
        _ session: Session,
        for operation: UserVerificationPlan.Operation,
        rpId: String,
        permissions: PINUVAuthPermissions,
        interaction: any UserInteraction,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) {
        self.session = session
        self.operation = operation
        self.rpId = rpId
        self.permissions = permissions
        self.interaction = interaction
        self.deadline = deadline
        self.onKeepalive = onKeepalive
    }

    /// Verifies the user as far as is due, and runs `command` with the proof: once, unless the key refuses a run for want of a
    /// better one.
    public func run<Response: Sendable>(
        _ requirement: UserVerificationRequirement,
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(UserVerificationError) -> Response {
        let options = try await info().options
        switch plan(requirement, options) {
        case .notNeeded: return try await runUnverified(command)
        case .impossible(let obstacle): throw .impossible(obstacle)
        case .methods(let methods):
            // What is planned for a relying party that does not want it, the key wants.
            let isDemanded = requirement == .required || plan(.discouraged, options) != .notNeeded
            return try await run(command, verifiedBy: methods, isDemanded: isDemanded)
        }
    }

    private func plan(
        _ requirement: UserVerificationRequirement,
        _ options: AuthenticatorOptions
    ) -> UserVerificationPlan {
        UserVerificationPlan(for: operation, requirement: requirement, options: options)
    }

    /// Runs the command as it is; but a key may demand verification now that did not announce it.
    private func runUnverified<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(UserVerificationError) -> Response {
        let refusal: SessionError
        do throws(SessionError) {
            return try await command(.none)
        } catch {
            refusal = error
        }
        guard refusal.status == .pinUVAuthTokenRequired,
            case .methods(let methods) = plan(.required, try await info(refresh: true).options)
        else { throw .session(refusal) }
        return try await run(command, verifiedBy: methods, isDemanded: true)
    }

    /// Tries the methods in their order; `isDemanded` says that the command is of no use without any.
    private func run<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response,
        verifiedBy methods: [UserVerificationPlan.Method],
        isDemanded: Bool
    ) async throws(UserVerificationError) -> Response {
        var failure: SessionError?
        for method in methods where interaction.canEnterPIN || !method.needsPIN {
            let attempt: Result<Response, SessionError>
            switch method {
            case .builtInForToken: attempt = try await runWithTokenByBuiltIn(command)
            case .builtInOption: attempt = try await runWithBuiltInOption(command)
            case .pinForToken, .pinForLegacyToken:
                if !isDemanded, let blocked = try await blockedPIN() {
                    failure = blocked
                    continue
                }
                return try await run(command, withTokenByPINBecause: failure == nil ? .needed : .builtInFailed)
            }
            switch attempt {
            case .success(let response): return response
            case .failure(let error): failure = error
            }
        }
        if let failure {
            // Verification that is only preferred, and cannot be had, is done without; one that failed has failed.
            guard !isDemanded, failure.saysBuiltInIsUnusable else {
                throw failure.status == .operationDenied ? .session(failure) : .builtInFailed(failure)
            }
            interaction.goesUnverified(because: failure)
        } else if isDemanded {
            throw .pinNeeded
        }
        return try await runUnverified(command)
    }

    private func run<Response: Sendable>(
        _ command: (UserVerification) async throws(SessionError) -> Response,
        withTokenByPINBecause reason: PINRequest.Reason
    ) async throws(UserVerificationError) -> Response {
        let dialogue = PINDialogue(session, with: interaction, by: deadline)
        let token = try await dialogue.token(permissions: permissions, rpId: rpId, reason: reason)
        do throws(SessionError) {
            return try await command(.token(token))
        } catch {
            throw .session(error)
        }
    }

    /// That the key takes no PIN any more, if that is so.
    private func blockedPIN() async throws(UserVerificationError) -> SessionError? {
        do throws(SessionError) {
            return try await session.getPINRetries(by: deadline).retries > 0 ? nil : .status(.pinBlocked, .clientPIN)
        } catch {
            throw .session(error)
        }
    }

    private func info(refresh: Bool = false) async throws(UserVerificationError) -> AuthenticatorInfo {
        do throws(SessionError) {
            return try await session.getInfo(refresh: refresh, by: deadline)
        } catch {
            throw .session(error)
        }
    }
}

extension UserVerificationPlan.Method {
    fileprivate var needsPIN: Bool {
        switch self {
        case .builtInForToken, .builtInOption: false
        case .pinForToken, .pinForLegacyToken: true
        }
    }
}
