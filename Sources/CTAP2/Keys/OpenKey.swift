public import CTAPHID
import Synchronization

/// An open key that takes part in an operation.
public struct OpenKey: Sendable {
    public let description: KeyDescription
    public let session: Session
    /// The key's response to INIT.
    public let initResponse: InitResponse
    public let operation: Operation
    let interaction: any KeyInteraction
    let record: AttemptRecord
    /// Whether no other key can succeed.
    let isAlone: @Sendable () -> Bool
    /// Chooses this key for the operation; `false` if another was chosen before.
    let claim: @Sendable () -> Bool

    /// This key's PIN prompts, before which the key is chosen for the operation.
    public var user: any UserInteraction { KeyUser(key: self) }

    /// A token for several commands, after user verification if necessary; `nil` if the key is not protected.
    public func token(for authorization: Authorization) async throws(UserVerificationError) -> PINUVAuthToken? {
        try await UserVerifier(session, for: authorization, interaction: user, operation).token()
    }

    /// Chooses this key for the operation, before a prompt that concerns it alone. While other keys take part, the user
    /// has to touch this one, unless `isTouched` says that they just did.
    func choose(isTouched: Bool = false) async throws(SessionError) {
        if !isTouched, !isAlone() { try await session.selection(operation) }
        guard claim() else { throw .transport(.cancelled(.cbor, response: nil), .selection) }
    }
}

/// One key's PIN prompts. The touch comes first: a PIN that is typed before its key is known can use up an attempt on
/// the wrong key.
private struct KeyUser: UserInteraction {
    let key: OpenKey

    var canEnterPIN: Bool { key.interaction.canEnterPIN }

    func enterPIN(_ request: PINRequest) async throws -> PIN {
        // After failed built-in verification the user has just touched the key.
        try await key.choose(isTouched: request.reason == .builtInFailed)
        key.record.beginsAsking()
        let pin = try await key.interaction.enterPIN(request, of: key.description)
        key.record.endsAsking()
        return pin
    }

    func chooseNewPIN(_ request: NewPINRequest) async throws -> PIN {
        try await key.choose()
        key.record.beginsAsking()
        let pin = try await key.interaction.chooseNewPIN(request, of: key.description)
        key.record.endsAsking()
        return pin
    }
}

/// The state of one key's attempt, for the race and for the error after a time-out.
final class AttemptRecord: Sendable {
    struct State {
        /// The key's last activity, other than results of user verification.
        var lastActivity: KeyActivity?
        /// Whether the key has asked for a touch, answered or not.
        var hasAskedForTouch = false
        /// Whether a prompt is unanswered.
        var isAsking = false
    }

    private let content = Mutex(State())

    var state: State { content.withLock { $0 } }

    func take(_ activity: KeyActivity) {
        content.withLock { state in
            switch activity {
            case .touchNeeded:
                state.hasAskedForTouch = true
                state.lastActivity = activity
            case .processing, .otherStatus, .inUseByAnother: state.lastActivity = activity
            case .verification, .proceedsUnverified, .progress, .sample: break
            }
        }
    }

    func beginsAsking() {
        content.withLock { $0.isAsking = true }
    }

    /// Not called when a prompt fails, which therefore counts as unanswered when the race ends.
    func endsAsking() {
        content.withLock { $0.isAsking = false }
    }
}
