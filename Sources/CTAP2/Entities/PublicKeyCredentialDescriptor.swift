/// Names one credential (CTAP 2.1 §6.1, WebAuthn §5.8.3).
public struct PublicKeyCredentialDescriptor: Hashable, Sendable {
    /// `public-key`; keys ignore entries of another type.
    public var type: String
    /// The credential ID, 1 to 1023 bytes.
    public var id: [UInt8]
    /// How the credential's key can be reached (`usb`, `nfc`, …); for clients, never sent to a key.
    public var transports: [String]?

    public init(type: String = "public-key", id: [UInt8], transports: [String]? = nil) {
        self.type = type
        self.id = id
        self.transports = transports
    }
}
