public import CTAPHID
import Synchronization

/// A key that takes part in an operation, open, and the time that is left for it.
public struct OpenKey: Sendable {
    public let description: KeyDescription
    public let session: Session
    /// The key's answer to INIT.
    public let initResponse: InitResponse
    public let operation: Operation
    let interaction: any KeyInteraction
    let record: AttemptRecord
    /// Whether no other key could succeed any more.
    let isAlone: @Sendable () -> Bool
    /// Makes this the key that the operation is for; `false` when another was chosen before.
    let claim: @Sendable () -> Bool

    /// The person, as this key's user: before they are asked for a PIN, the key becomes the one that the operation is for.
    public var user: any UserInteraction { KeyUser(key: self) }

    /// A token for commands in a row, the user verified as far as is due; `nil` where the key is not protected.
    public func token(for authorization: Authorization) async throws(UserVerificationError) -> PINUVAuthToken? {
        try await UserVerifier(session, for: authorization, interaction: user, operation).token()
    }

    /// Makes this the key that the operation is for, before a person is asked for anything that concerns this key alone:
    /// while others take part, the user has to touch it, unless `isTouched` says that they just did.
    func choose(isTouched: Bool = false) async throws(SessionError) {
        if !isTouched, !isAlone() { try await session.selection(operation) }
        guard claim() else { throw .transport(.cancelled(.cbor, response: nil), .selection) }
    }
}

/// One key's user. A PIN that is typed before its key is known costs a try on the wrong key, so the touch comes first.
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

/// What is known of one key's attempt, for the race and for whoever has to say what the time ran out with.
final class AttemptRecord: Sendable {
    struct State {
        /// What the key last said of itself, as opposed to what became of its user's verification.
        var lastActivity: KeyActivity?
        /// Whether the key has asked for a touch, answered or not.
        var hasAskedForTouch = false
        /// Whether the person was asked something and has not answered.
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

    /// An unanswered question stays one: why it ended is for the race to say.
    func endsAsking() {
        content.withLock { $0.isAsking = false }
    }
}
