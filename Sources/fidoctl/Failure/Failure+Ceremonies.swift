import CTAP2
package import Interaction
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

extension CeremonyError: ExplainedError {
    /// Why a registration or a login failed.
    package func failure(key: String?) -> Failure {
        let key = key ?? "?"
        return switch self {
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
}
