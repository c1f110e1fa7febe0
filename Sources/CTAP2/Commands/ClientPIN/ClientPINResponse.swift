/// A key's answer to `ClientPINRequest` (CTAP 2.1 §6.5.5).
public struct ClientPINResponse: Hashable, Sendable {
    /// The key's public key for the key agreement.
    public var keyAgreement: COSEKey?
    /// The token, encrypted.
    public var pinUvAuthToken: [UInt8]?
    /// How many wrong PINs the key still takes.
    public var pinRetries: Int?
    /// Whether the key must be unplugged before it takes another PIN; `nil` when it does not say.
    public var powerCycleState: Bool?
    /// How many failures of built-in verification the key still takes.
    public var uvRetries: Int?
}
