public import CTAP2

/// Why a registration or a login failed.
public enum CeremonyError: Error, Sendable {
    /// The RP ID is invalid, or the origin may not use it; nothing was sent to the key.
    case relyingPartyID(RelyingPartyIDError)
    /// Only an authenticator in the client's device is acceptable; nothing was sent to the key.
    case platformAuthenticator
    /// An extension's input is invalid; nothing was sent to the key.
    case extensionInput(ExtensionInputError)
    /// The relying party requires the extension with this identifier, but the key lacks it; nothing was sent to the key.
    case missingExtension(String)
    /// Required user verification did not take place; errors of the key itself are in `session`.
    case userVerification(UserVerificationError)
    /// A discoverable credential is required, but the key cannot store one; nothing was sent to the key.
    case noDiscoverableCredentials
    /// The key failed or refused.
    case session(SessionError)
    /// The response does not answer the request.
    case notVerified(VerificationError)
}

extension CeremonyError {
    init(_ error: ExtensionError) {
        switch error {
        case .input(let error): self = .extensionInput(error)
        case .notSupported(let identifier): self = .missingExtension(identifier)
        }
    }

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
        case .relyingPartyID, .platformAuthenticator, .extensionInput, .missingExtension, .noDiscoverableCredentials,
            .notVerified:
            nil
        }
    }
}
