/// Why a public key cannot be used.
public enum COSEKeyError: Error, Hashable, Sendable {
    /// This library does not verify signatures of this algorithm, or not with a key of this type or on this curve.
    case unsupported(COSEAlgorithm)
    /// The parameters are not a key: a wrong length, or a point that is not on the curve.
    case invalid(COSEAlgorithm)
}
