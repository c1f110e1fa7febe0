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

extension ResponseError {
    /// A short description of the error.
    package var explanation: String {
        switch self {
        case .cbor(let error): error.explanation
        case .authenticatorData(let error): error.explanation
        case .pinUVAuth(.keyAgreement): "its key agreement key is not a point on P-256"
        case .pinUVAuth(.wrongLength(let byteCount)): "a secret of \(byteCount) bytes"
        case .largeBlobArray(let error): error.explanation
        case .unrequestedExtension(let identifier):
            "an output of the extension \(TerminalText.escape(identifier)), which was not requested"
        }
    }
}

extension CBORError {
    /// A short description of the error.
    package var explanation: String {
        switch self {
        case .truncated(let offset): "the CBOR item at byte \(offset) is truncated"
        case .trailing(let offset): "bytes are left over after the CBOR item, from byte \(offset)"
        case .forbidden(let head, let offset):
            "CTAP2 does not allow the CBOR head 0x\(String(head, radix: 16)) at byte \(offset)"
        case .tooDeep(let limit, let offset): "CBOR is nested deeper than \(limit) levels at byte \(offset)"
        case .duplicateKey(let offset): "the map key at byte \(offset) occurs twice"
        case .notShortest(let offset): "the number at byte \(offset) is not in its shortest form"
        case .unsortedKeys(let offset): "the map key at byte \(offset) is out of order"
        case .invalidText(let offset): "the text at byte \(offset) is not UTF-8"
        case .missing(let member): "\(member) is missing"
        case .unexpected(let member): "\(member) has the wrong type or value"
        }
    }
}

extension LargeBlobArrayError {
    /// A short description of the error.
    package var explanation: String {
        switch self {
        case .digest: "the large-blob array does not end with its digest"
        case .cbor(let error): "in the large-blob array, \(error.explanation)"
        case .keyLength(let byteCount): "a large-blob key of \(byteCount) bytes"
        case .tooLong(let byteCount): "a large blob of \(byteCount) bytes"
        case .compression: "a large blob whose compressed data are broken"
        }
    }
}

extension AuthenticatorDataError {
    /// A short description of the error.
    package var explanation: String {
        switch self {
        case .truncated(let member): "authenticator data are truncated in \(member)"
        case .credentialIDTooLong(let byteCount): "a credential ID of \(byteCount) bytes"
        case .credentialIDEmpty: "an empty credential ID"
        case .publicKey(let error): "in the credential's public key, \(error.explanation)"
        case .extensions(let error): "in the extensions, \(error.explanation)"
        case .trailing(let offset): "bytes are left over after the authenticator data, from byte \(offset)"
        case .missingAttestedCredentialData: "its credential is missing"
        }
    }
}
