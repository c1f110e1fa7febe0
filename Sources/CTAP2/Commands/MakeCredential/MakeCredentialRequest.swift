/// Asks a key for a new credential (CTAP 2.3 §6.1).
public struct MakeCredentialRequest: Hashable, Sendable {
    /// What the new credential is to be; `up` is not offered, since CTAP 2.0 does not define it here.
    public struct Options: Hashable, Sendable {
        /// A discoverable credential: one that can log in without being named.
        public var rk: Bool
        /// Verification by the key itself, without a PIN/UV auth token.
        public var uv: Bool

        public init(rk: Bool = false, uv: Bool = false) {
            self.rk = rk
            self.uv = uv
        }
    }

    /// SHA-256 of the client data, 32 bytes.
    public var clientDataHash: [UInt8]
    public var rp: PublicKeyCredentialRpEntity
    public var user: PublicKeyCredentialUserEntity
    /// Acceptable algorithms, most wanted first.
    public var pubKeyCredParams: [PublicKeyCredentialParameters]
    /// Credentials that the key must not already hold.
    public var excludeList: [PublicKeyCredentialDescriptor]
    /// Extension inputs by identifier.
    public var extensions: CBORMap
    public var options: Options
    /// Proof of user verification; empty asks for nothing but a touch (§6.1.2 step 1).
    public var pinUvAuthParam: [UInt8]?
    /// The PIN/UV auth protocol that made `pinUvAuthParam`.
    public var pinUvAuthProtocol: Int?
    /// 1 for vendor-facilitated, 2 for platform-managed enterprise attestation.
    public var enterpriseAttestation: Int?
    /// Attestation statement formats, most wanted first.
    public var attestationFormatsPreference: [String]

    public init(
        clientDataHash: [UInt8],
        rp: PublicKeyCredentialRpEntity,
        user: PublicKeyCredentialUserEntity,
        pubKeyCredParams: [PublicKeyCredentialParameters],
        excludeList: [PublicKeyCredentialDescriptor] = [],
        extensions: CBORMap = [:],
        options: Options = Options(),
        pinUvAuthParam: [UInt8]? = nil,
        pinUvAuthProtocol: Int? = nil,
        enterpriseAttestation: Int? = nil,
        attestationFormatsPreference: [String] = []
    ) {
        self.clientDataHash = clientDataHash
        self.rp = rp
        self.user = user
        self.pubKeyCredParams = pubKeyCredParams
        self.excludeList = excludeList
        self.extensions = extensions
        self.options = options
        self.pinUvAuthParam = pinUvAuthParam
        self.pinUvAuthProtocol = pinUvAuthProtocol
        self.enterpriseAttestation = enterpriseAttestation
        self.attestationFormatsPreference = attestationFormatsPreference
    }
}
