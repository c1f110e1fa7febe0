/// Why user verification, or the operation that it was for, failed.
public enum UserVerificationError: Error, Sendable {
    /// Verification is required and impossible; there was no prompt.
    case impossible(UserVerificationPlan.Obstacle)
    /// A PIN is needed, and `UserInteraction.canEnterPIN` is false.
    case pinNeeded
    /// The state of the key's PIN does not allow setting or changing it.
    case pinState(PINState)
    /// Built-in verification failed, and there is no PIN to fall back to.
    case builtInFailed(SessionError)
    /// What the user interaction threw.
    case interaction(any Error)
    /// The key failed or returned an error, in the verification or in the operation.
    case session(SessionError)

    /// Why a PIN can be neither set nor changed.
    public enum PINState: Hashable, Sendable {
        case notSupported
        case alreadySet
        case notSet
    }
}
