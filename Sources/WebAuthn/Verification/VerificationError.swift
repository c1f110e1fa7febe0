public import CTAP2

/// Which check of a registration or a login did not hold (WebAuthn L3 §7.1, §7.2).
public enum VerificationError: Error, Hashable, Sendable {
    /// The client data cannot be read.
    case clientDataJSON(JSONError)
    /// The attestation object cannot be read.
    case attestationObject(AttestationObjectError)
    /// The authenticator data cannot be read.
    case authenticatorData(AuthenticatorDataError)
    /// A member that only repeats what is signed contradicts it.
    case contradiction(member: String)
    /// The client data are of another ceremony, as when a registration is passed off as a login.
    case ceremony(expected: ClientData.Ceremony, found: ClientData.Ceremony)
    /// The challenge is not the one that was given out.
    case challenge
    /// The request came from elsewhere.
    case origin(expected: String, found: String)
    /// The request came from a web origin where WebAuthn cannot be used, such as an IP address.
    case unsupportedOrigin(String)
    /// The request came from a frame inside another site's page.
    case crossOrigin(topOrigin: String?)
    /// The client data hash is not the one that was given out, or not that of the client data beside it, or it stands where
    /// client data must be.
    case clientDataHash
    /// The key signed for another RP ID.
    case relyingPartyID(expected: String)
    /// The key was not touched.
    case userPresence
    /// The key did not verify who its user is, and that was demanded.
    case userVerification
    /// The flags say that a credential was copied which may not be, or changed what may be.
    case backupState
    /// The new credential has an algorithm that was not asked for.
    case algorithm(COSEAlgorithm)
    /// The public key is not a key of its algorithm, or its algorithm is not known here.
    case publicKey(COSEKeyError)
    /// The attestation statement does not prove what it says.
    case attestation(format: String, AttestationError)
    /// The credential is not the one, or not among those, that was asked for.
    case credentialID
    /// The signature is not by the credential's key over these data.
    case signature
    /// The counter did not go up: the key may have been copied.
    case counter(stored: UInt32, received: UInt32)
    /// A check that was asked for, or that WebAuthn demands, could not be made.
    case notMade(VerificationCheck.Name, VerificationCheck.Reason)
}
