public import CTAPHID

/// What one operation may spend, and where its news goes.
public struct Operation: Sendable {
    /// The instant by which it must have ended; every command in it spends from the same one.
    public let deadline: Deadline
    /// Is called with what the key does meanwhile, on the connection's thread.
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

/// What a key does while an operation is under way.
public enum KeyActivity: Hashable, Sendable {
    /// The key computes (KEEPALIVE status 1, CTAP 2.1 §11.2.9.2.1).
    case processing
    /// The key waits for a touch (KEEPALIVE status 2).
    case touchNeeded
    /// A KEEPALIVE status that CTAP does not define.
    case otherStatus(UInt8)
    /// Another program uses the key now: a touch would go to that program.
    case inUseByAnother
    /// The key verifies its user itself, such as by a fingerprint.
    case verification(BuiltInVerification)
    /// So much of a list is read or written, of so much in all as far as that is known; in credentials, or in bytes of
    /// the large-blob array.
    case progress(completed: Int, total: Int)
    /// The key took a sample of a finger; so many good ones are still needed.
    case sample(FingerprintSample, remaining: Int)
    /// Verification was merely preferred and is blocked, for this reason: the operation goes on without it.
    case proceedsUnverified(StatusCode?)
}

/// How verification by the key itself stands.
public enum BuiltInVerification: Hashable, Sendable {
    /// The key begins, and needs its user.
    case needed
    /// The key verified its user; what it waits for next, such as a touch, is something else.
    case succeeded
    /// It failed; `retries` is how many failures the key still accepts, `nil` where it does not say.
    case failed(retries: Int?)
    /// The key accepts no more tries until its PIN was entered.
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
