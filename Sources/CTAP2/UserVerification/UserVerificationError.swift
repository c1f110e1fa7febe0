/// Why an operation that may need a verified user did not succeed.
public enum UserVerificationError: Error, Sendable {
    /// The user must be verified and cannot be; nobody was asked for anything.
    case impossible(UserVerificationPlan.Obstacle)
    /// A PIN is needed, and `UserInteraction.canEnterPIN` says that nobody can enter one.
    case pinNeeded
    /// The key's PIN is not as setting or changing it requires.
    case pinState(PINState)
    /// The key could not verify its user, and there is no PIN to fall back to.
    case builtInFailed(SessionError)
    /// What the user interaction threw.
    case interaction(any Error)
    /// The key failed or answered with an error, be it to the verification or to the operation.
    case session(SessionError)

    /// Why a PIN can be neither set nor changed.
    public enum PINState: Hashable, Sendable {
        case notSupported
        case alreadySet
        case notSet
    }
}
