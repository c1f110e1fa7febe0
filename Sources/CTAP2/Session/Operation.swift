public import CTAPHID

/// The deadline of an operation and the receiver of its progress.
public struct Operation: Sendable {
    /// The time by which the operation must end, shared by all its commands.
    public let deadline: Deadline
    /// Called with the key's activity, on the connection's queue.
    public let report: @Sendable (KeyActivity) -> Void

    public init(by deadline: Deadline, report: @escaping @Sendable (KeyActivity) -> Void = { _ in }) {
        self.deadline = deadline
        self.report = report
    }

    /// An operation that ends after `limit`.
    public init(within limit: Duration, report: @escaping @Sendable (KeyActivity) -> Void = { _ in }) {
        self.init(by: Deadline(after: limit), report: report)
    }
}

/// What a key is doing during an operation.
public enum KeyActivity: Hashable, Sendable {
    /// The key is processing (KEEPALIVE status 1, CTAP 2.1 §11.2.9.1.7).
    case processing
    /// The key is waiting for a touch (KEEPALIVE status 2).
    case touchNeeded
    /// A KEEPALIVE status that CTAP does not define.
    case otherStatus(UInt8)
    /// Another program is using the key: a touch would go to that program.
    case inUseByAnother
    /// Built-in verification, such as by fingerprint.
    case verification(BuiltInVerification)
    /// The progress of a listing or transfer, in credentials or in bytes of the large-blob array; `total` is as far as
    /// it is known.
    case progress(completed: Int, total: Int)
    /// The key captured a sample of a finger; `remaining` is the number of good samples still needed.
    case sample(FingerprintSample, remaining: Int)
    /// Verification was only preferred and is blocked, with this status; the operation continues without it.
    case proceedsUnverified(StatusCode?)
}

/// The state of built-in verification.
public enum BuiltInVerification: Hashable, Sendable {
    /// It is starting and needs the user.
    case needed
    /// It succeeded; the key may go on to wait for a touch.
    case succeeded
    /// It failed; `retries` is how many failures the key still accepts, `nil` when it does not say.
    case failed(retries: Int?)
    /// It is blocked until the PIN is entered.
    case blocked
}

extension KeyActivity {
    init(_ news: ChannelNews) {
        switch news {
        case .keepalive(.processing): self = .processing
        case .keepalive(.userPresenceNeeded): self = .touchNeeded
        case .keepalive(let status): self = .otherStatus(status.rawValue)
        case .inUseByAnother: self = .inUseByAnother
        }
    }
}
