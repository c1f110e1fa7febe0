/// The person at the computer, as one key needs them while it verifies its user.
///
/// Whatever a method throws ends the operation; it comes out as `UserVerificationError.interaction`.
public protocol UserInteraction: Sendable {
    /// Whether there is anyone or anything to give a PIN. Where not, an operation that merely prefers verification goes on
    /// without it.
    var canEnterPIN: Bool { get }

    /// The key's PIN. A wrong one costs a try, so this is never answered from memory: it is called again, with
    /// `PINRequest.Reason.wrong`, for every try.
    func enterPIN(_ request: PINRequest) async throws -> PIN

    /// A PIN that the key is to have from now on.
    func chooseNewPIN(_ request: NewPINRequest) async throws -> PIN
}

/// Asks for the PIN that a key has.
public struct PINRequest: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case needed
        /// The last one was wrong.
        case wrong
        /// The last one cannot be the key's and was not sent to it: no try was used.
        case unfit(PINError)
        /// Built-in verification failed.
        case builtInFailed
        /// The PIN is about to be changed.
        case change
        /// The key demands that the PIN be changed before it authorizes anything.
        case changeForced
    }

    public var reason: Reason
    /// How many wrong ones the key still accepts, at least 1.
    public var retries: Int

    package init(reason: Reason, retries: Int) {
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
    /// The key's own rules beyond the length, if it announces any.
    public var policy: PINPolicy?

    package init(reason: Reason, minimumCodePoints: Int, maximumByteCount: Int, policy: PINPolicy? = nil) {
        self.reason = reason
        self.minimumCodePoints = minimumCodePoints
        self.maximumByteCount = maximumByteCount
        self.policy = policy
    }
}

/// A key's announcement that it refuses some PINs, such as simple ones, whatever their length (CTAP 2.2 §6.4).
public struct PINPolicy: Hashable, Sendable {
    /// Where the maker explains it: unchecked text that must be escaped before it reaches a terminal.
    public let url: String?

    /// `nil` when the key announces none.
    package init?(_ info: AuthenticatorInfo) {
        guard info.pinComplexityPolicy == true else { return nil }
        url = info.pinComplexityPolicyURL.map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Nobody to ask: what needs a PIN fails, or goes on without it where verification is merely preferred.
public struct NoInteraction: UserInteraction {
    public init() {}

    public var canEnterPIN: Bool { false }

    public func enterPIN(_ request: PINRequest) throws(UserVerificationError) -> PIN {
        throw .pinNeeded
    }

    public func chooseNewPIN(_ request: NewPINRequest) throws(UserVerificationError) -> PIN {
        throw .pinNeeded
    }
}
