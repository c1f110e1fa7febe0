public import CTAP2

/// What a relying party asks of a new credential (WebAuthn L3 §5.4, "PublicKeyCredentialCreationOptions").
public struct CreationOptions: Hashable, Sendable {
    /// Whether the credential must be able to log in without being named (WebAuthn L3 §5.4.6).
    public enum ResidentKey: String, Hashable, Sendable, CaseIterable {
        case required
        /// If the key keeps such credentials.
        case preferred
        case discouraged
    }

    /// How much of the key's identity the relying party wants to see (WebAuthn L3 §5.4.7).
    public enum Attestation: String, Hashable, Sendable, CaseIterable {
        /// Nothing that tells one model of key from another.
        case none
        /// As `direct`: nothing here can stand in for the key.
        case indirect
        /// The statement as the key made it.
        case direct
        /// One that may name the very key, where the key is set up for it.
        case enterprise
    }

    /// The relying party's challenge; a server's own must be unpredictable (WebAuthn L3 §13.4.3).
    public var challenge: [UInt8]
    public var rp: PublicKeyCredentialRpEntity
    public var user: PublicKeyCredentialUserEntity
    /// Acceptable algorithms, most wanted first.
    public var algorithms: [COSEAlgorithm]
    /// Credentials that the key must not already hold.
    public var excludeCredentials: [PublicKeyCredentialDescriptor] = []
    public var residentKey = ResidentKey.discouraged
    public var userVerification = UserVerificationRequirement.preferred
    public var attestation = Attestation.none
    public var extensions = ClientExtensionInputs()

    /// What most relying parties accept.
    public static let defaultAlgorithms: [COSEAlgorithm] = [.es256, .edDSA, .es384, .es512, .rs256]

    public init(
        challenge: [UInt8],
        rp: PublicKeyCredentialRpEntity,
        user: PublicKeyCredentialUserEntity,
        algorithms: [COSEAlgorithm] = defaultAlgorithms
    ) {
        self.challenge = challenge
        self.rp = rp
        self.user = user
        self.algorithms = algorithms
    }
}
