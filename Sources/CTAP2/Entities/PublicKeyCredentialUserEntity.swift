/// The account that a credential is for (CTAP 2.1 §6.1).
public struct PublicKeyCredentialUserEntity: Hashable, Sendable {
    /// The relying party's handle for the account, 1 to 64 bytes.
    public var id: [UInt8]
    /// The account's name, such as `alice@example.com`.
    public var name: String?
    /// The person's name, such as `Alice`.
    public var displayName: String?

    public init(id: [UInt8], name: String? = nil, displayName: String? = nil) {
        self.id = id
        self.name = name
        self.displayName = displayName
    }
}
