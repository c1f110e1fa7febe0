/// The relying party that a credential is for (CTAP 2.1 §6.1).
public struct PublicKeyCredentialRpEntity: Hashable, Sendable {
    /// The RP ID: a domain name such as `example.com`.
    public var id: String
    /// A name for people.
    public var name: String?

    public init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }
}
