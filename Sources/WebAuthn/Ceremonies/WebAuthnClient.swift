public import CTAP2
internal import CTAPHID

/// The client's part in registrations and logins: what a browser does between a page and a key.
///
/// Cancelling the task that waits cancels the operation on the key.
public struct WebAuthnClient: Sendable {
    public let session: Session
    let interaction: any UserInteraction

    /// A client that asks for PINs through `interaction`.
    public init(_ session: Session, interaction: any UserInteraction = NoInteraction()) {
        self.session = session
        self.interaction = interaction
    }

    func getInfo(by deadline: Deadline) async throws(CeremonyError) -> AuthenticatorInfo {
        do throws(SessionError) {
            return try await session.getInfo(by: deadline)
        } catch {
            throw .session(error)
        }
    }

    /// Runs the command of an operation, its user verified as far as is due; `permissions` are what a token has to allow.
    func run<Response: Sendable>(
        _ operation: UserVerificationPlan.Operation,
        rpId: String,
        permissions: PINUVAuthPermissions,
        _ requirement: UserVerificationRequirement,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void,
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(CeremonyError) -> Response {
        let verifier = UserVerifier(
            session,
            for: operation,
            rpId: rpId,
            permissions: permissions,
            interaction: interaction,
            by: deadline,
            onKeepalive: onKeepalive
        )
        do throws(UserVerificationError) {
            return try await verifier.run(requirement, command)
        } catch {
            throw CeremonyError(error)
        }
    }
}
