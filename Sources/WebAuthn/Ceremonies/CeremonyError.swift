public import CTAP2

/// Why a registration or a login did not come about.
public enum CeremonyError: Error, Sendable {
    /// The RP ID is none, or is not the origin's to use; the key was not asked.
    case relyingPartyID(RelyingPartyIDError)
    /// The user had to be verified and was not; what the key itself said is in `session`.
    case userVerification(UserVerificationError)
    /// The key keeps no discoverable credentials, and one was demanded; it was not asked.
    case noDiscoverableCredentials
    /// The key failed, or said no.
    case session(SessionError)
    /// The key's response does not hold.
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
