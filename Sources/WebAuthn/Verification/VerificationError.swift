public import CTAP2

/// Which check of a registration or a login failed (WebAuthn L3 §7.1, §7.2).
public enum VerificationError: Error, Hashable, Sendable {
    /// The client data cannot be read.
    case clientDataJSON(JSONError)
    /// The attestation object cannot be read.
    case attestationObject(AttestationObjectError)
    /// The authenticator data cannot be read.
    case authenticatorData(AuthenticatorDataError)
    /// A member that repeats signed data contradicts it.
    case contradiction(member: String)
    /// The client data belong to another ceremony, for example a registration passed off as a login.
    case ceremony(expected: ClientData.Ceremony, found: ClientData.Ceremony)
    /// The challenge is not the one that was issued.
    case challenge
    /// The request came from another origin than these.
    case origin(expected: [String], found: String)
    /// The request came from a web origin where WebAuthn cannot be used, such as an IP address.
    case unsupportedOrigin(String)
    /// The request came from a frame inside another site's page.
    case crossOrigin(topOrigin: String?)
    /// That page is not one of these; `nil` if the client data do not name it.
    case topOrigin(expected: [String], found: String?)
    /// The client data hash is not the expected one, differs from that of the client data beside it, or takes the place of
    /// required client data.
    case clientDataHash
    /// The key signed for a different RP ID.
    case relyingPartyID(expected: String)
    /// The key was not touched.
    case userPresence
    /// User verification was required and did not happen.
    case userVerification
    /// The backup flags contradict each other or the registration.
    case backupState
    /// The new credential's algorithm was not requested.
    case algorithm(COSEAlgorithm)
    /// The public key is not a key of its algorithm, or its algorithm is not known here.
    case publicKey(COSEKeyError)
    /// The attestation statement is invalid.
    case attestation(format: String, AttestationError)
    /// The attestation certificate does not lead to a trust anchor.
    case attestationChain(CertificatePathError)
    /// The metadata do not contain the model of key.
    case unknownModel(AAGUID)
    /// Keys of this model are known to be compromised.
    case authenticatorStatus(AuthenticatorStatus)
    /// The credential is not the expected one.
    case credentialID
    /// The request did not allow this credential.
    case notAllowed
    /// The signature is invalid.
    case signature
    /// The counter did not increase: the key may have been cloned.
    case counter(stored: UInt32, received: UInt32)
    /// A check that the caller or WebAuthn requires could not be made.
    case notMade(VerificationCheck.Name, VerificationCheck.Reason)
}
