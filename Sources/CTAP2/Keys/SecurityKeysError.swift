/// Why an operation did not succeed on any key.
public enum SecurityKeysError<Failure: KeyFailure>: Error {
    /// There is no key, and no other can come.
    case noKey
    /// The time ran out with these keys plugged in; empty if there were none.
    case timedOut([WaitingKey])
    /// The time ran out before this key was unplugged and plugged in again.
    case notReplugged(KeyDescription)
    /// The task was cancelled.
    case cancelled
    /// The operation failed on this key; `pinRetries` is the number of PIN attempts left if the failure is about the
    /// PIN.
    case failed(Failure, KeyDescription, pinRetries: Int?)
    /// The operation did not begin on this key.
    case inaccessible(KeyAccessError, KeyDescription)
}

/// A key that was plugged in when the time ran out.
public struct WaitingKey: Hashable, Sendable {
    public let key: KeyDescription
    /// Its last reported activity, if any.
    public let lastActivity: KeyActivity?
    /// Whether a PIN prompt was unanswered.
    public let isAskingUser: Bool
}
