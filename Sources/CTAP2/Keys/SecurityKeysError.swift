/// Why an operation succeeded on no key.
public enum SecurityKeysError<Failure: KeyFailure>: Error {
    /// There is no key, and none can come.
    case noKey
    /// The time ran out with these keys plugged in; an empty list when none was.
    case timedOut([WaitingKey])
    /// The time ran out before this key was unplugged and plugged in again.
    case notReplugged(KeyDescription)
    /// The task was cancelled.
    case cancelled
    /// The operation failed on this key, which decided; `pinRetries` is how many tries its PIN has left, where the failure
    /// is about the PIN.
    case failed(Failure, KeyDescription, pinRetries: Int?)
    /// The operation did not begin on this key.
    case inaccessible(KeyAccessError, KeyDescription)
}

/// A key that was still at work on an operation when the time ran out.
public struct WaitingKey: Hashable, Sendable {
    public let key: KeyDescription
    /// What it last reported; `nil` when it never reported anything.
    public let lastActivity: KeyActivity?
    /// Whether a person had been asked for its PIN and had not answered.
    public let isAskingUser: Bool
}
