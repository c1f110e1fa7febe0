/// Why an operation that may need a verified user did not come about.
public enum UserVerificationError: Error, Sendable {
    /// The user must be verified and cannot be; nothing was asked of anyone.
    case impossible(UserVerificationPlan.Obstacle)
    /// A PIN is needed, and `UserInteraction.canEnterPIN` says that none is to be had.
    case pinNeeded
    /// The key could not verify its user, and there is no PIN to fall back to.
    case builtInFailed(SessionError)
    /// What the user interaction threw.
    case interaction(any Error)
    /// The key failed or said no, be it to the verification or to the operation.
    case session(SessionError)
}
