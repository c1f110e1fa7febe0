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
        case .userVerification(.pinNotSet):
            Failure(.unsupported, .cannotVerifyUser(key), hint: .setPINHint)
        case .userVerification(.builtInNotConfigured):
            Failure(.unsupported, .cannotVerifyUser(key), hint: .enrollHint)
        case .userVerification(.notSupported):
            Failure(.unsupported, .cannotVerifyUser(key), hint: .noVerificationHint)
        case .pinNeeded:
            Failure(.pinRequired, .pinNeeded(key), hint: .noVerificationHint)
        case .noDiscoverableCredentials:
            Failure(.unsupported, .noDiscoverableCredentials(key), hint: .notDiscoverableHint)
        case .session(let error):
            .session(error, key: key)
        case .notVerified(let error):
            .notVerified(error)
        }
    }

    /// A registration or a login of which something does not hold.
    static func notVerified(_ error: VerificationError) -> Failure {
        Failure(.notVerified, .notVerified(error), hint: .notVerifiedHint)
    }
}
