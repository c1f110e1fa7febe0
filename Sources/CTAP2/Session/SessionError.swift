public import CTAPHID

/// A failure in an exchange with a key; each case names the command.
public enum SessionError: Error, Hashable, Sendable {
    /// The transport failed, or the operation was cancelled or timed out.
    case transport(CTAPHIDError, CTAPCommand)
    /// The key answered with an error status.
    case status(StatusCode, CTAPCommand)
    /// The key's answer is not what the specification allows.
    case malformed(ResponseError, CTAPCommand)
    /// A request of U2F, to which the command was mapped, failed.
    case u2f(U2FError, CTAPCommand)
    /// The command was not sent.
    case refused(Refusal, CTAPCommand)

    /// Why a command was not sent.
    public enum Refusal: Hashable, Sendable {
        /// The request is longer than the key takes.
        case requestTooLarge(byteCount: Int, maximum: Int)
        /// The key does not support the command or this use of it.
        case notSupported
        /// The serialized large-blob array does not fit on the key.
        case largeBlobArrayTooLong(byteCount: Int, maximum: Int)
        /// The key speaks U2F only, which lacks the command.
        case noCTAP2
        /// The key speaks U2F only, which cannot do what the command asks for.
        case beyondU2F(U2FLimit)
        /// The key speaks neither CTAP2 nor U2F.
        case noKnownProtocol
        /// The key has no PIN/UV auth protocol that this library supports.
        case noPINUVAuthProtocol
        /// The PIN is outside the key's limits, so it cannot be the current PIN or the new one.
        case pin(PINError)
        /// The key requires more characters than a PIN can have, so none can be set (CTAP 2.1 §6.5.1).
        case minimumPINLength(Int)
    }
}

extension SessionError {
    public var command: CTAPCommand {
        switch self {
        case .transport(_, let command), .status(_, let command): command
        case .malformed(_, let command), .u2f(_, let command), .refused(_, let command): command
        }
    }

    /// The key's status, if it returned one.
    public var status: StatusCode? {
        if case .status(let status, _) = self { status } else { nil }
    }

    /// Whether the key completed the command before the cancel or the time-out took effect: a credential may then exist
    /// on it.
    public var succeededOnKey: Bool {
        guard case .transport(let error, _) = self else { return false }
        switch error {
        case .cancelled(.cbor, let response?), .timedOut(.cbor, let response?), .silent(.cbor, let response?):
            return response.first == StatusCode.success.rawValue
        case .cancelled(.msg, let response?), .timedOut(.msg, let response?), .silent(.msg, let response?):
            return response.suffix(2) == [0x90, 0x00]  // SW_NO_ERROR
        default: return false
        }
    }
}
