import CTAP2
import Interaction
import WebAuthn

/// The name of the exception that `navigator.credentials` gives a page in the same case (WebIDL §2.8.1).
enum DOMException: String, Hashable, Sendable {
    case abort = "AbortError"
    case constraint = "ConstraintError"
    case data = "DataError"
    case invalidState = "InvalidStateError"
    case notAllowed = "NotAllowedError"
    case notSupported = "NotSupportedError"
    case operation = "OperationError"
    case security = "SecurityError"
    case unknown = "UnknownError"
}

extension DOMException {
    /// What a failure of this kind is to a page: most kinds do not tell pages apart who is at the key (WebAuthn L3 §14.5).
    init(_ code: FailureCode) {
        self =
            switch code {
            case .noCredential, .pinRequired, .pinInvalid, .pinBlocked, .uvFailed, .denied, .pinPolicy, .noKey,
                .timedOut,
                .noPermission, .cancelled:
                .notAllowed
            case .excluded: .invalidState
            case .unsupported, .usage: .notSupported
            case .keyFull: .constraint
            case .badData: .data
            case .internal, .notVerified, .io, .protocol: .unknown
            }
    }

    /// What an error of a ceremony is to a page (WebAuthn L3 §5.1.3, §6.3.2).
    init(_ error: CeremonyError, _ code: FailureCode) {
        self =
            switch error {
            case .relyingPartyID: .security
            case .noDiscoverableCredentials, .userVerification(.impossible): .constraint
            default: DOMException(code)
            }
    }
}
