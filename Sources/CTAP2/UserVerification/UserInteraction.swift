/// The PIN prompts of one key.
///
/// An error thrown by a method ends the operation, as `UserVerificationError.interaction`.
public protocol UserInteraction: Sendable {
    /// Whether a PIN can be entered. If not, an operation that only prefers verification continues without it.
    var canEnterPIN: Bool { get }

    /// Asks for the current PIN. The library does not remember PINs, since a wrong one uses up an attempt: it calls
    /// this again, with `PINRequest.Reason.wrong`, for every attempt.
    func enterPIN(_ request: PINRequest) async throws -> PIN

    /// Asks for a new PIN.
    func chooseNewPIN(_ request: NewPINRequest) async throws -> PIN
}

/// A request for the current PIN.
public struct PINRequest: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case needed
        /// The last one was wrong.
        case wrong
        /// The last one cannot be the key's PIN and was not sent: no attempt was used up.
        case unfit(PINError)
        /// Built-in verification failed.
        case builtInFailed
        /// The PIN is about to be changed.
        case change
        /// The key forces a change of PIN before it authorizes anything.
        case changeForced
    }

    public var reason: Reason
    /// The number of attempts left, at least 1.
    public var retries: Int
    /// The key's minimum length of a PIN in Unicode code points; a shorter one is not sent.
    public var minimumCodePoints: Int

    package init(reason: Reason, retries: Int, minimumCodePoints: Int) {
        self.reason = reason
        self.retries = retries
        self.minimumCodePoints = minimumCodePoints
    }
}

/// A request for a new PIN.
public struct NewPINRequest: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The key has no PIN.
        case set
        case change
        /// The key forces the change.
        case changeForced
        /// The last one was not sent to the key, since it is not a valid PIN for it.
        case unfit(PINError)
        /// The key's policy rejected the last one.
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

/// A key's policy that rejects some PINs, such as simple ones, whatever their length (CTAP 2.2 §6.4).
public struct PINPolicy: Hashable, Sendable {
    /// The vendor's page about it: unchecked text that must be escaped before it reaches a terminal.
    public let url: String?

    /// `nil` when the key announces none.
    package init?(_ info: AuthenticatorInfo) {
        guard info.pinComplexityPolicy == true else { return nil }
        url = info.pinComplexityPolicyURL.map { String(decoding: $0, as: UTF8.self) }
    }
}

/// No PIN prompts: an operation that requires a PIN fails, one that only prefers verification continues without it.
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
