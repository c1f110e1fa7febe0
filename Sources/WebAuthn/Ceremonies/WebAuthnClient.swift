public import CTAP2
internal import CTAPHID

/// The client's part in registrations and logins: what a browser does between a page and a key.
///
/// Cancelling the task that waits cancels the operation on the key.
public struct WebAuthnClient: Sendable {
    public let session: Session

    public init(_ session: Session) {
        self.session = session
    }

    func getInfo(by deadline: Deadline) async throws(CeremonyError) -> AuthenticatorInfo {
        do throws(SessionError) {
            return try await session.getInfo(by: deadline)
        } catch {
            throw .session(error)
        }
    }

    /// Whether to have the key verify its user by the option `uv`; throws when nothing that was demanded can be done.
    func asksForBuiltInVerification(
        for operation: UserVerificationPlan.Operation,
        _ requirement: UserVerificationRequirement,
        options: AuthenticatorOptions
    ) throws(CeremonyError) -> Bool {
        switch UserVerificationPlan(for: operation, requirement: requirement, options: options) {
        case .notNeeded:
            return false
        case .methods(let methods):
            if methods.contains(.builtInOption) || methods.contains(.builtInForToken) { return true }
            // Without being told its PIN the key may still go on, if nobody insists.
            guard requirement != .required else { throw .pinNeeded }
            return false
        case .impossible(let obstacle):
            guard requirement != .required else { throw .userVerification(obstacle) }
            return false
        }
    }
}
