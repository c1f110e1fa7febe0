public import CTAP2

/// A relying party's request for a new credential (WebAuthn L3 §5.4, "PublicKeyCredentialCreationOptions").
public struct CreationOptions: Hashable, Sendable {
    /// Whether the credential must be discoverable (WebAuthn L3 §5.4.6).
    public enum ResidentKey: String, Hashable, Sendable, CaseIterable {
        case required
        /// If the key supports it.
        case preferred
        case discouraged
    }

    /// The attestation that the relying party wants (WebAuthn L3 §5.4.7).
    public enum Attestation: String, Hashable, Sendable, CaseIterable {
        /// An attestation without a statement.
        case none
        /// Same as `direct`: this client has no anonymization CA.
        case indirect
        /// The key's own statement.
        case direct
        /// A statement that may identify the individual key, if the key is set up for it.
        case enterprise
    }

    /// Who decides which relying parties may have an enterprise attestation (CTAP 2.1 §7.1).
    public enum EnterpriseAttestation: Int, Hashable, Sendable {
        /// The key's maker, by a list in the key.
        case vendorFacilitated = 1
        /// The client: it vouches that this relying party may identify the individual key.
        case platformManaged = 2
    }

    /// Where the authenticator is (WebAuthn L3 §5.4.5).
    public enum AuthenticatorAttachment: String, Hashable, Sendable, CaseIterable {
        /// In the client's device, which a security key is not.
        case platform
        case crossPlatform = "cross-platform"
    }

    /// The relying party's challenge; a server's own must be unpredictable (WebAuthn L3 §13.4.3).
    public var challenge: [UInt8]
    public var rp: PublicKeyCredentialRpEntity
    public var user: PublicKeyCredentialUserEntity
    /// Acceptable algorithms in order of preference.
    public var algorithms: [COSEAlgorithm]
    /// Credentials that the key must not already hold.
    public var excludeCredentials: [PublicKeyCredentialDescriptor] = []
    /// How long the relying party would wait; the client decides.
    public var timeout: Duration?
    public var authenticatorAttachment: AuthenticatorAttachment?
    public var residentKey = ResidentKey.discouraged
    public var userVerification = UserVerificationRequirement.preferred
    public var hints: [PublicKeyCredentialHint] = []
    public var attestation = Attestation.none
    /// Used only when `attestation` is `enterprise`; the client's decision, not the relying party's.
    public var enterpriseAttestation = EnterpriseAttestation.vendorFacilitated
    /// Attestation statement formats in order of preference, such as `packed`.
    public var attestationFormats: [String] = []
    public var extensions = ClientExtensionInputs()

    /// The algorithms that most relying parties accept.
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
