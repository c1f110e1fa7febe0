/// A kind of credential and the algorithm of its signatures (CTAP 2.1 §6.1, WebAuthn §5.3).
public struct PublicKeyCredentialParameters: Hashable, Sendable {
    /// `public-key`.
    public var type: String
    public var alg: COSEAlgorithm

    public init(type: String = "public-key", alg: COSEAlgorithm) {
        self.type = type
        self.alg = alg
    }
}
