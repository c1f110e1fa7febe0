package import CTAP2
import CTAPHID

extension Failure {
    /// A failure in an exchange with a key; `key` is the key's name for display.
    package static func session(_ error: SessionError, key: String) -> Failure {
        var failure: Failure =
            switch error {
            case .transport(let error, _):
                .transport(error, key: key)
            case .status(let status, let command):
                .status(status, command, key: key)
            case .malformed(let error, let command):
                Failure(
                    .protocol,
                    .brokeProtocol(key, command.description, error.explanation),
                    hint: .brokenKeyHint
                )
            case .refused(.requestTooLarge(let byteCount, let maximum), _):
                Failure(.unsupported, .requestTooLong(key, byteCount: byteCount, maximum: maximum))
            case .refused(.notSupported, let command):
                Failure(.unsupported, .notSupported(command, by: key), hint: .infoHint)
            case .refused(.largeBlobArrayTooLong(let byteCount, let maximum), _):
                Failure(.keyFull, .noRoomForBlobs(key, byteCount: byteCount, maximum: maximum), hint: .blobRoomHint)
            case .refused(.noCTAP2, _):
                Failure(.unsupported, .noCTAP2(key), hint: .noCTAP2Hint)
            case .refused(.beyondU2F(let limit), _):
                .beyondU2F(limit, key: key)
            case .refused(.noKnownProtocol, _):
                Failure(.unsupported, .noKnownProtocol(key))
            case .u2f(let error, let command):
                .u2f(error, command, key: key)
            case .refused(.noPINUVAuthProtocol, _):
                Failure(.unsupported, .noPINUVAuthProtocol(key))
            case .refused(.pin(let error), _):
                Failure(.pinPolicy, .pin(error))
            case .refused(.minimumPINLength(let minimum), _):
                Failure(.unsupported, .minimumPINLength(key, minimum: minimum), hint: .brokenKeyHint)
            }
        if error.succeededOnKey, error.command == .makeCredential {
            failure.hint = .answeredBeforeCancel(key)
        }
        return failure
    }

    private static func status(_ status: StatusCode, _ command: CTAPCommand, key: String) -> Failure {
        var failure = Failure(
            FailureCode(status),
            .refusal(status, by: key),
            hint: .hint(for: status, of: command)
        )
        failure.detail = .detail(status, of: command)
        failure.status = status.name
        failure.statusCode = UInt16(status.rawValue)
        return failure
    }
}

extension FailureCode {
    /// The failure code of a key's status.
    package init(_ status: StatusCode) {
        self =
            switch status {
            case .noCredentials, .invalidCredential: .noCredential
            case .pinUVAuthTokenRequired, .pinNotSet: .pinRequired
            case .pinInvalid, .pinAuthInvalid, .pinTokenExpired: .pinInvalid
            case .pinBlocked, .pinAuthBlocked: .pinBlocked
            case .userVerificationInvalid, .userVerificationBlocked: .uvFailed
            case .operationDenied, .notAllowed, .keepaliveCancel, .unauthorizedPermission: .denied
            case .credentialExcluded: .excluded
            case .unsupportedAlgorithm, .unsupportedOption, .invalidOption, .unsupportedExtension,
                .invalidCommand, .invalidSubcommand, .limitExceeded, .requestTooLarge:
                .unsupported
            case .keyStoreFull, .fingerprintDatabaseFull, .largeBlobStorageFull: .keyFull
            case .pinPolicyViolation: .pinPolicy
            case .userActionTimeout, .actionTimeout, .timeout: .timedOut
            case .channelBusy: .io
            default: .protocol
            }
    }
}
