public import CTAP2

/// Why a registration or a login did not succeed.
public enum CeremonyError: Error, Sendable {
    /// The RP ID is not a domain, or not the origin's to use; the key was not asked.
    case relyingPartyID(RelyingPartyIDError)
    /// An extension's input is not as the extension defines it; the key was not asked.
    case extensionInput(ExtensionInputError)
    /// The user had to be verified and was not; what the key itself said is in `session`.
    case userVerification(UserVerificationError)
    /// The key keeps no discoverable credentials, and one was demanded; it was not asked.
    case noDiscoverableCredentials
    /// The key failed, or answered with an error.
    case session(SessionError)
    /// The key's response does not answer the request.
    case notVerified(VerificationError)
}

extension CeremonyError {
    init(_ error: UserVerificationError) {
        if case .session(let error) = error {
            self = .session(error)
        } else {
            self = .userVerification(error)
        }
    }
}

extension CeremonyError: KeyFailure {
    public var verdict: KeyVerdict { cause?.verdict ?? .unable }
    public var status: StatusCode? { cause?.status }
    public var succeededOnKey: Bool { cause?.succeededOnKey ?? false }

    private var cause: (any KeyFailure)? {
        switch self {
        case .session(let error): error
        case .userVerification(let error): error
        case .relyingPartyID, .extensionInput, .noDiscoverableCredentials, .notVerified: nil
        }
    }
}
