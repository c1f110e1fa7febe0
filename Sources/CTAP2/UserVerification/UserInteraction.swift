/// The person at the computer, as a key needs them while it verifies its user.
///
/// Whatever a method throws ends the operation; it comes out as `UserVerificationError.interaction`.
public protocol UserInteraction: Sendable {
    /// Whether a PIN can be had at all. Where not, an operation that merely prefers verification goes on without.
    var canEnterPIN: Bool { get }

    /// The key's PIN. A wrong one costs a try, so this is never answered from memory: it is called again, with
    /// `PINRequest.Reason.wrong`, for every try.
    func enterPIN(_ request: PINRequest) async throws -> PIN

    /// A PIN that the key is to have from now on.
    func chooseNewPIN(_ request: NewPINRequest) async throws -> PIN

    /// How verification by the key itself stands, such as by a fingerprint.
    func builtInVerification(_ state: BuiltInVerification)

    /// Verification was merely preferred and the key's is blocked: the operation goes on without.
    func goesUnverified(because reason: SessionError)
}

/// Asks for the PIN that a key has.
public struct PINRequest: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable {
        case needed
        /// The last one was wrong.
        case wrong
        /// Built-in verification failed.
        case builtInFailed
        /// The PIN is about to be changed.
        case change
        /// The key demands that the PIN be changed before it is good for anything.
        case changeForced
    }

    public var reason: Reason
    /// How many wrong ones the key still takes, at least 1.
    public var retries: Int

    public init(reason: Reason, retries: Int) {
        self.reason = reason
        self.retries = retries
    }
}

/// Asks for a PIN that a key is to have from now on.
public struct NewPINRequest: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The key has no PIN.
        case set
        case change
        /// The key demands it.
        case changeForced
        /// The last one was not sent to the key: it is not what a PIN may be.
        case unfit(PINError)
        /// The key refused the last one by its policy.
        case refused
    }

    public var reason: Reason
    public var minimumCodePoints: Int
    /// In UTF-8.
    public var maximumByteCount: Int

    public init(reason: Reason, minimumCodePoints: Int, maximumByteCount: Int) {
        self.reason = reason
        self.minimumCodePoints = minimumCodePoints
        self.maximumByteCount = maximumByteCount
    }
}

/// How verification by the key itself stands.
public enum BuiltInVerification: Hashable, Sendable {
    /// The key begins, and needs its user.
    case needed
    /// The key knows its user; what it waits for next, such as a touch, is something else.
    case succeeded
    /// It failed; so many failures the key still takes, `nil` where it does not say.
    case failed(retries: Int?)
    /// The key takes no more tries until its PIN was entered.
    case blocked
}

/// Nobody is there: what needs a PIN fails, or goes without where that will do.
public struct NoInteraction: UserInteraction {
    public init() {}

    public var canEnterPIN: Bool { false }

    public func enterPIN(_ request: PINRequest) throws(UserVerificationError) -> PIN {
        throw .pinNeeded
    }

    public func chooseNewPIN(_ request: NewPINRequest) throws(UserVerificationError) -> PIN {
        throw .pinNeeded
    }

    public func builtInVerification(_ state: BuiltInVerification) {}

    public func goesUnverified(because reason: SessionError) {}
}
