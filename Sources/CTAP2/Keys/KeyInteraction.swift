/// The person and the screen: the one place for all that an operation asks and reports, each with its key.
///
/// Everything but `report(_:of:)` has a default: nobody to ask, and nothing to show.
public protocol KeyInteraction: Sendable {
    /// Whether there is anyone or anything to give a PIN.
    var canEnterPIN: Bool { get }

    /// See `UserInteraction.enterPIN`. When this is called the key is the one that its user chose.
    func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws -> PIN

    /// See `UserInteraction.chooseNewPIN`.
    func chooseNewPIN(_ request: NewPINRequest, of key: KeyDescription) async throws -> PIN

    /// What happens to the set of keys.
    func report(_ event: KeySetEvent)

    /// What one key does; `touchNeeded` is when to ask for a touch.
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

/// What happens to the keys that take part in an operation.
public enum KeySetEvent: Hashable, Sendable {
    /// There is no plugged key: one has to be inserted.
    case waitingForKey
    case added(KeyDescription)
    case removed(KeyDescription)
    /// The key has to be unplugged, and plugged in again afterwards.
    case waitingForRemoval(KeyDescription)
    /// The key was unplugged and has to be plugged in again, in the same place.
    case waitingForReturn(KeyDescription)
    /// The key cannot do it, such as for want of the credential, and the operation waits for another key.
    case unsuitable(KeyDescription)
    /// The key is done with what it was asked to do, without success; it waits for nothing any more.
    case ended(KeyDescription)
    /// The key's success decided the operation; nothing is wanted of any other key.
    case chosen(KeyDescription)
    /// The operation was decided elsewhere, or cancelled, and this key had carried it out before its cancel arrived.
    case finishedLate(KeyDescription)
    /// The operation's task was cancelled, and every key is being cancelled.
    case cancelling
}
