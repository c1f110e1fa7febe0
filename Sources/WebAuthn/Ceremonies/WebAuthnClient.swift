public import CTAP2

/// The client's part in registrations and logins, which a browser plays between a page and a key.
///
/// Cancelling the task that waits cancels the operation on the key.
public struct WebAuthnClient: Sendable {
    public let session: Session
    let interaction: any UserInteraction
    let extensions: CeremonyExtensions

    /// A client that asks for PINs through `interaction`.
    public init(_ session: Session, interaction: any UserInteraction = NoInteraction()) {
        self.init(session, interaction: interaction, extensions: .all)
    }

    package init(
        _ session: Session,
        interaction: any UserInteraction = NoInteraction(),
        extensions: CeremonyExtensions
    ) {
        self.session = session
        self.interaction = interaction
        self.extensions = extensions
    }

    func getInfo(_ operation: Operation) async throws(CeremonyError) -> AuthenticatorInfo {
        do throws(SessionError) {
            return try await session.getInfo(operation)
        } catch {
            throw .session(error)
        }
    }

    /// Runs a command, after user verification if necessary.
    func run<Response: Sendable>(
        _ authorization: Authorization,
        _ operation: Operation,
        _ command: (UserVerification) async throws(SessionError) -> Response
    ) async throws(CeremonyError) -> Response {
        let verifier = UserVerifier(session, for: authorization, interaction: interaction, operation)
        do throws(UserVerificationError) {
            return try await verifier.run(command)
        } catch {
            throw CeremonyError(error)
        }
    }
}
