/// What an attestation statement that holds has shown (WebAuthn §6.5.3).
public enum AttestationType: Hashable, Sendable {
    /// There is no statement.
    case none
    /// The credential's own key signed: the statement tells nothing about the model of key.
    case selfAttestation
    /// The key of a certificate signed, which meets the format's demands; `x5c` is its chain in DER, the signing
    /// certificate first. Whom the chain leads to is not checked here.
    case certified(x5c: [[UInt8]])
    /// Nothing, for this library does not verify such statements.
    case notVerifiable(Reason)

    /// Why a statement cannot be verified.
    public enum Reason: Hashable, Sendable {
        /// The format, such as `tpm`.
        case format(String)
        /// The algorithm of the statement's signature.
        case algorithm(COSEAlgorithm)
        /// The certificate's key is of another kind than elliptic curve, Ed25519 or RSA.
        case certificateKey
    }
}
