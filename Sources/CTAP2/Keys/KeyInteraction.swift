/// The user interface of an operation: every prompt and every report, each with its key.
///
/// Everything but `report(_:of:)` has a default, which cannot enter PINs and shows nothing.
public protocol KeyInteraction: Sendable {
    /// Whether a PIN can be entered.
    var canEnterPIN: Bool { get }

    /// See `UserInteraction.enterPIN`. By then the user has chosen this key.
    func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws -> PIN

    /// See `UserInteraction.chooseNewPIN`.
    func chooseNewPIN(_ request: NewPINRequest, of key: KeyDescription) async throws -> PIN

    /// Reports a change in the set of keys.
    func report(_ event: KeySetEvent)

    /// Reports what one key is doing; `touchNeeded` is the time to ask for a touch.
    func report(_ activity: KeyActivity, of key: KeyDescription)
}

extension KeyInteraction {
    public var canEnterPIN: Bool { false }

    public func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws -> PIN {
        throw UserVerificationError.pinNeeded
    }

    public func chooseNewPIN(_ request: NewPINRequest, of key: KeyDescription) async throws -> PIN {
        throw UserVerificationError.pinNeeded
    }

    public func report(_ event: KeySetEvent) {}
}

/// A change in the set of keys that take part in an operation.
public enum KeySetEvent: Hashable, Sendable {
    /// No key is plugged in: the user has to insert one.
    case waitingForKey
    case added(KeyDescription)
    case removed(KeyDescription)
    /// The key has to be unplugged, and plugged in again afterwards.
    case waitingForRemoval(KeyDescription)
    /// The key was unplugged and has to be plugged in again, in the same place.
    case waitingForReturn(KeyDescription)
    /// The key is unsuitable, for example because it lacks the credential, and the operation waits for another key.
    case unsuitable(KeyDescription)
    /// The attempt on this key ended without success; the key is idle.
    case ended(KeyDescription)
    /// This key succeeded and decided the operation; the others are cancelled.
    case chosen(KeyDescription)
    /// This key completed the operation before its cancel arrived, although the operation was cancelled or decided by
    /// another key.
    case finishedLate(KeyDescription)
    /// The operation's task was cancelled, and every key is being cancelled.
    case cancelling
}
