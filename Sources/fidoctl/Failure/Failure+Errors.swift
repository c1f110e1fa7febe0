import CTAP2
import CTAPHID
import VirtualAuthenticator
import WebAuthn

extension Failure {
    /// Any error that comes up while a key is open.
    init(_ error: any Error, key: KeyName) {
        let failure: Failure =
            switch error {
            case let error as CTAPHIDError: .transport(error, key: key.name)
            case let error as SessionError: .session(error, key: key.name)
            case let error as CeremonyError: .ceremony(error, key: key.name)
            case let error as UserVerificationError: .userVerification(error, key: key.name)
            default: Failure(error)
            }
        self = failure.on(device: key.path)
    }

    /// A software key whose state cannot be used.
    init(_ error: KeyStorageError) {
        let code: FailureCode =
            switch error {
            case .notAKeyState, .unknownVersion, .damaged: .badData
            case .vanished, .locked, .io: .io
            }
        self.init(code, .virtualKeyState(TerminalText.escape(error.description)), hint: .virtualKeyStateHint)
    }

    /// Why a registration or a login did not come about.
    static func ceremony(_ error: CeremonyError, key: String) -> Failure {
        switch error {
        case .relyingPartyID(let error):
            Failure(.usage, .relyingPartyID(error), hint: .relyingPartyIDHint)
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
        case .builtInFailed(let error):
            var failure = Failure.session(error, key: key)
            // A key without a PIN says so of its built-in verification.
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

    /// A registration or a login of which something does not hold.
    static func notVerified(_ error: VerificationError) -> Failure {
        switch error {
        case .publicKey(.unsupported): Failure(.unsupported, .notVerified(error), hint: .unknownAlgorithmHint)
        case .publicKey(.invalid): Failure(.notVerified, .notVerified(error), hint: .badKeyHint)
        case .attestation(_, .wrongSignature): Failure(.notVerified, .notVerified(error), hint: .notVerifiedHint)
        case .attestation: Failure(.notVerified, .notVerified(error), hint: .attestationHint)
        default: Failure(.notVerified, .notVerified(error), hint: .notVerifiedHint)
        }
    }
}
