public import CTAP2

/// What an attestation statement shows (WebAuthn §6.5.3).
public enum AttestationType: Hashable, Sendable {
    /// There is no statement.
    case none
    /// The credential's own key signed: the statement says nothing about the model of key.
    case selfAttestation
    /// The key of a certificate signed, which meets the format's demands; `x5c` is its chain in DER, the signing
    /// certificate first. Whom the chain leads to is not checked here.
    case certified(x5c: [[UInt8]])
    /// Nothing, for the reason that is given.
    case unverified(Reason)

    /// Why a statement shows nothing.
    public enum Reason: Hashable, Sendable {
        /// This library does not know the format, such as `tpm`.
        case format(String)
        /// This library does not know the algorithm of the statement's signature.
        case algorithm(COSEAlgorithm)
        /// The statement does not hold.
        case invalid(AttestationError)
    }
}
