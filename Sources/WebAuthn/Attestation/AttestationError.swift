public import CTAP2

/// Why an attestation statement is invalid (WebAuthn §8).
public enum AttestationError: Error, Hashable, Sendable {
    /// The credential's public key is invalid, or the format does not allow it.
    case credentialKey(COSEKeyError)
    /// The statement lacks a member, or has one of a wrong type.
    case statement(CBORError)
    /// Format `none` comes with a statement.
    case unexpectedStatement
    /// Self attestation names an algorithm that is not the credential's.
    case wrongAlgorithm(COSEAlgorithm, credential: COSEAlgorithm)
    /// The certificate's key is not one of the algorithm that the statement names.
    case algorithmOfOtherKey(COSEAlgorithm)
    /// The signature is invalid.
    case wrongSignature
    /// The certificate does not meet the format's requirements.
    case certificate(AttestationCertificateError)
}

/// What is wrong with the certificate that signed an attestation statement (WebAuthn §8.2.1, §8.6).
public enum AttestationCertificateError: Error, Hashable, Sendable {
    /// The list of certificates is empty, or longer than the format allows.
    case wrongCount(Int)
    /// The bytes are not an X.509 certificate.
    case malformed
    case notVersion3
    /// The subject lacks an attribute, or has it with a wrong value: `C`, `O`, `OU` or `CN`.
    case subject(attribute: String)
    /// The certificate is a certificate authority's, or does not say that it is not.
    case certificateAuthority
    /// The extension with the AAGUID is marked critical, cannot be read, or names another AAGUID.
    case aaguidExtension
    /// The key is not on P-256.
    case notP256
}
