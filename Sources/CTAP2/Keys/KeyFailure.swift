public import CTAPHID

/// What a failure on one key means for the operation.
public enum KeyVerdict: Hashable, Sendable {
    /// The key was unplugged, which is not a refusal.
    case unplugged
    /// The user declined on the key, or chose one that may not be used. Once the key has asked for a touch, this
    /// decides for all keys.
    case answeredByUser
    /// The key lacks the credential; another key may have it.
    case unsuitable
    /// The key cannot perform the operation; others may.
    case unable
    /// The deadline passed before the key could answer.
    case outOfTime
}

/// A failure that tells `SecurityKeys` what it means for the other keys.
public protocol KeyFailure: Error {
    var verdict: KeyVerdict { get }
    /// The key's status, if it returned one.
    var status: StatusCode? { get }
    /// Whether the key completed the command before the cancel or the time-out took effect.
    var succeededOnKey: Bool { get }
}

extension CTAPHIDError: KeyFailure {
    public var verdict: KeyVerdict {
        switch self {
        case .disconnected, .noSuchDevice, .notASecurityKey: .unplugged
        // A key that another program uses is waited for until the deadline.
        case .timedOut, .inUse, .device(.channelBusy, _): .outOfTime
        default: .unable
        }
    }

    public var status: StatusCode? { nil }
    public var succeededOnKey: Bool { false }
}

extension SessionError: KeyFailure {
    public var verdict: KeyVerdict {
        switch self {
        case .transport(let error, _): error.verdict
        case .status(.credentialExcluded, _), .status(.operationDenied, _): .answeredByUser
        case .status(.noCredentials, _), .status(.invalidCredential, _): .unsuitable
        case .refused(.beyondU2F(.anyCredential), _): .unsuitable
        case .status, .malformed, .u2f, .refused: .unable
        }
    }
}

extension UserVerificationError: KeyFailure {
    public var verdict: KeyVerdict { cause?.verdict ?? .unable }
    public var status: StatusCode? { cause?.status }
    public var succeededOnKey: Bool { cause?.succeededOnKey ?? false }

    private var cause: (any KeyFailure)? {
        switch self {
        case .session(let error), .builtInFailed(let error): error
        case .interaction(let error): error as? any KeyFailure
        case .impossible, .pinNeeded, .pinState: nil
        }
    }
}

/// Why an operation did not begin on a key.
public enum KeyAccessError: KeyFailure {
    /// What `KeySource.open` threw.
    case notOpened(any Error)
    /// A channel could not be allocated on the key.
    case noChannel(CTAPHIDError)
    /// Choosing the key by touch failed.
    case notChosen(SessionError)

    public var verdict: KeyVerdict { cause?.verdict ?? .unable }
    public var status: StatusCode? { cause?.status }
    public var succeededOnKey: Bool { false }

    private var cause: (any KeyFailure)? {
        switch self {
        case .notOpened(let error): error as? any KeyFailure
        case .noChannel(let error): error
        case .notChosen(let error): error
        }
    }
}
