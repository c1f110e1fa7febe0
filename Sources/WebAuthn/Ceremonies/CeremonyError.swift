public import CTAP2

/// Why a registration or a login did not come about.
public enum CeremonyError: Error, Hashable, Sendable {
    /// The RP ID is none, or is not the origin's to use; the key was not asked.
    case relyingPartyID(RelyingPartyIDError)
    /// The key cannot verify its user, and that was demanded; it was not asked.
    case userVerification(UserVerificationPlan.Obstacle)
    /// The key verifies its user by PIN alone, and that was demanded.
    case pinNeeded
    /// The key keeps no discoverable credentials, and one was demanded; it was not asked.
    case noDiscoverableCredentials
    /// The key failed, or said no.
    case session(SessionError)
    /// The key's response does not hold.
    case notVerified(VerificationError)
}
