public import CTAP2

/// Why an attestation statement is invalid (WebAuthn §8).
public enum AttestationError: Error, Hashable, Sendable {
    /// The credential's public key is invalid, or the format does not allow it.
    case credentialKey(COSEKeyError)
    /// The statement lacks a member, or has one of a wrong type.
    case statement(CBORError)
    /// Format `none` comes with a statement.
    case unexpectedStatement
    /// The statement is in ECDAA, which WebAuthn Level 2 removed.
    case ecdaa
    /// Self attestation names an algorithm that is not the credential's.
    case wrongAlgorithm(COSEAlgorithm, credential: COSEAlgorithm)
    /// The certificate's key is not one of the algorithm that the statement names.
    case algorithmOfOtherKey(COSEAlgorithm)
    /// The signature is invalid.
    case wrongSignature
    /// The certificate does not meet the format's requirements.
    case certificate(AttestationCertificateError)
    /// The certificate is for a key that is not the credential's (`android-key`, `apple`).
    case otherKey
    /// The nonce is not that of this registration (`apple`, `android-safetynet`).
    case nonce
    case tpm(TPMStatementError)
    case androidKey(AndroidKeyError)
    /// A `compound` statement has fewer than two statements.
    case tooFewStatements(Int)
    /// A `compound` statement contains another one.
    case nestedStatement
    /// A statement of a `compound` one is invalid.
    indirect case part(format: String, AttestationError)
}

/// What is wrong with the certificate that signed an attestation statement (WebAuthn §8.2.1, §8.3.1, §8.6).
public enum AttestationCertificateError: Error, Hashable, Sendable {
    /// The list of certificates is empty, or longer than the format allows.
    case wrongCount(Int)
    /// The bytes are not an X.509 certificate.
    case malformed
    case notVersion3
    /// The subject lacks an attribute, or has it with a wrong value: `C`, `O`, `OU` or `CN`.
    case subject(attribute: String)
    /// The subject of a TPM's certificate is not empty.
    case subjectNotEmpty
    /// The subject alternative name of a TPM's certificate lacks an attribute: `manufacturer`, `model` or `version`.
    case tpmAttribute(String)
    /// The manufacturer of the TPM is not one that the Trusted Computing Group lists.
    case tpmManufacturer(String)
    /// The extended key usage lacks the one for TPM attestation, 2.23.133.8.3.
    case extendedKeyUsage
    /// The certificate is a certificate authority's, or does not say that it is not.
    case certificateAuthority
    /// The extension with the AAGUID is marked critical, cannot be read, or names another AAGUID.
    case aaguidExtension
    /// The key is not on P-256.
    case notP256
}

/// What is wrong with the structures of a `tpm` statement (WebAuthn §8.3).
public enum TPMStatementError: Error, Hashable, Sendable {
    /// `ver` is not 2.0.
    case version(String)
    /// The member `certInfo` or `pubArea` ends too early, or bytes follow it.
    case malformed(member: String)
    /// `pubArea` holds a kind of key, a curve or a hash algorithm that credentials do not use; `value` is its TPM number.
    case unknown(value: UInt16)
    /// `pubArea` holds a key that is not the credential's.
    case otherKey
    /// `certInfo` was not made by a TPM: its `magic` is wrong.
    case magic
    /// `certInfo` is another kind of attestation than a certified key.
    case type
    /// `certInfo` was made for another registration.
    case extraData
    /// `certInfo` certifies a key that is not the one in `pubArea`.
    case name
}

/// What is wrong with the key description of an `android-key` statement (WebAuthn §8.4).
public enum AndroidKeyError: Error, Hashable, Sendable {
    /// The certificate's extension with the description is missing or cannot be read.
    case malformed
    /// The description is for another registration.
    case challenge
    /// Every app on the device may use the key.
    case allApplications
    /// The key was not generated on the device.
    case origin
    /// The key is not for signing only.
    case purpose
}
