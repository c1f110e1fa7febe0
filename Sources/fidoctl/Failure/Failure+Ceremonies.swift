import CTAP2
import VirtualAuthenticator
import WebAuthn

extension Failure {
    /// The state of a software key is unusable.
    init(_ error: KeyStorageError) {
        self.init(error, hint: .virtualKeyStateHint)
    }

    /// The same, with the hint for the option that names the file.
    init(_ error: KeyStorageError, hint: Text) {
        let message = Text.virtualKeyState(TerminalText.escape(error.description))
        switch error {
        case .notAKeyState, .unknownVersion, .damaged: self.init(.badData, message, hint: hint)
        case .vanished, .locked, .noSpace, .io: self.init(.io, message)
        }
    }

    /// Why a registration or a login failed.
    static func ceremony(_ error: CeremonyError, key: String) -> Failure {
        switch error {
        case .relyingPartyID(let error):
            Failure(.usage, .relyingPartyID(error), hint: .relyingPartyIDHint)
        case .platformAuthenticator:
            Failure(.unsupported, .platformAuthenticator, hint: .platformAuthenticatorHint)
        case .extensionInput(let error):
            Failure(.usage, .extensionInput(error))
        case .missingExtension(let identifier):
            Failure(.unsupported, .missingExtension(identifier, key), hint: .infoHint)
        case .userVerification(let error):
            .userVerification(error, key: key)
        case .noDiscoverableCredentials:
            Failure(.unsupported, .noDiscoverableCredentials(key), hint: .notDiscoverableHint)
        case .session(let error):
            .session(error, key: key)
        case .notVerified(let error):
            .notVerified(error)
        }
    }

    /// Why the user of a key was not verified.
    static func userVerification(_ error: UserVerificationError, key: String) -> Failure {
        switch error {
        case .impossible(.pinNotSet):
            return Failure(.unsupported, .cannotVerifyUser(key), hint: .setPINHint)
        case .impossible(.builtInNotConfigured):
            return Failure(.unsupported, .cannotVerifyUser(key), hint: .enrollHint)
        case .impossible(.notSupported):
            return Failure(.unsupported, .cannotVerifyUser(key), hint: .noVerificationHint)
        case .pinNeeded:
            return .pinNeeded(key)
        case .pinState(.notSupported):
            return Failure(.unsupported, .noPINSupport(key))
        case .pinState(.alreadySet):
            return Failure(.unsupported, .pinIsSet(key), hint: .pinIsSetHint)
        case .pinState(.notSet):
            return Failure(.unsupported, .pinIsNotSet(key), hint: .pinIsNotSetHint)
        case .builtInFailed(let error):
            var failure = Failure.session(error, key: key)
            // A key without a PIN reports blocked built-in verification with this status.
            if failure.code == .pinBlocked {
                failure.code = .uvFailed
                failure.exitStatus = failure.code.exitStatus
            }
            return failure
        case .interaction(let error as SessionError):
            return .session(error, key: key)
        case .interaction(let error):
            return Failure(error)
        case .session(let error):
            return .session(error, key: key)
        }
    }

    /// A registration or a login that failed verification.
    static func notVerified(_ error: VerificationError) -> Failure {
        switch error {
        case .publicKey(.unsupported): Failure(.unsupported, .notVerified(error), hint: .unknownAlgorithmHint)
        case .publicKey(.invalid), .publicKey(.insecure): Failure(.notVerified, .notVerified(error), hint: .badKeyHint)
        case .attestation(_, .wrongSignature): Failure(.notVerified, .notVerified(error), hint: .notVerifiedHint)
        case .attestation: Failure(.notVerified, .notVerified(error), hint: .attestationHint)
        default: Failure(.notVerified, .notVerified(error), hint: .notVerifiedHint)
        }
    }
}
