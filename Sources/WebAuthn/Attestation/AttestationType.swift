public import CTAP2

/// What an attestation statement shows (WebAuthn §6.5.3).
public enum AttestationType: Hashable, Sendable {
    /// There is no statement.
    case none
    /// The credential's own key signed: the statement says nothing about the model of key.
    case selfAttestation
    /// Signed with the key of a certificate that meets the format's requirements. `x5c` is its chain in DER, the signing
    /// certificate first; the chain itself is not verified.
    case certified(x5c: [[UInt8]])
    /// Several statements about one credential, each valid (`compound`).
    case compound([Part])
    /// Nothing.
    case unverified(Reason)

    /// One statement of a `compound` one.
    public struct Part: Hashable, Sendable {
        public let fmt: String
        public let type: AttestationType
    }

    /// Why a statement shows nothing.
    public enum Reason: Hashable, Sendable {
        /// This library does not know the format.
        case format(String)
        /// The service behind the format, such as `android-safetynet`, was shut down: nothing can prove a statement any more.
        case retiredFormat(String)
        /// This library does not know the algorithm of the statement's signature.
        case algorithm(COSEAlgorithm)
        /// The statement is invalid.
        case invalid(AttestationError)
    }
}
