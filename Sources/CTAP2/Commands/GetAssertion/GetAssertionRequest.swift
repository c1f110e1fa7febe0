/// Asks a key to log in (CTAP 2.3 §6.2).
public struct GetAssertionRequest: Hashable, Sendable {
    /// What the key does before it signs.
    public struct Options: Hashable, Sendable {
        /// Wait for a touch; without it the key only shows that it could sign.
        public var up: Bool
        /// Verification by the key itself, without a PIN/UV auth token.
        public var uv: Bool

        public init(up: Bool = true, uv: Bool = false) {
            self.up = up
            self.uv = uv
        }
    }

    public var rpId: String
    /// SHA-256 of the client data, 32 bytes.
    public var clientDataHash: [UInt8]
    /// Credentials that may be used; empty means any discoverable one of this relying party.
    public var allowList: [PublicKeyCredentialDescriptor]
    /// Extension inputs by identifier.
    public var extensions: CBORMap
    public var options: Options
    /// Proof of user verification; empty asks for nothing but a touch (§6.2.2 step 1).
    public var pinUvAuthParam: [UInt8]?
    /// The PIN/UV auth protocol that made `pinUvAuthParam`.
    public var pinUvAuthProtocol: Int?

    public init(
        rpId: String,
        clientDataHash: [UInt8],
        allowList: [PublicKeyCredentialDescriptor] = [],
        extensions: CBORMap = [:],
        options: Options = Options(),
        pinUvAuthParam: [UInt8]? = nil,
        pinUvAuthProtocol: Int? = nil
    ) {
        self.rpId = rpId
        self.clientDataHash = clientDataHash
        self.allowList = allowList
        self.extensions = extensions
        self.options = options
        self.pinUvAuthParam = pinUvAuthParam
        self.pinUvAuthProtocol = pinUvAuthProtocol
    }
}
