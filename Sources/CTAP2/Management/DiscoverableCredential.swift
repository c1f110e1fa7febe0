import Crypto

/// A discoverable credential, as its key describes it (CTAP 2.3 §6.8.4). Names are unchecked text: escape them before
/// printing.
public struct DiscoverableCredential: Hashable, Sendable {
    public var rp: StoredRelyingParty
    public var user: PublicKeyCredentialUserEntity
    public var credential: PublicKeyCredentialDescriptor
    /// `nil` if it is missing or cannot be parsed.
    public var publicKey: COSEKey?
    /// The protection level, 1 to 3 (CTAP 2.1 §12.1); `nil` if the key does not report it.
    public var credProtect: Int?
    /// The key of the credential's large blob; `nil` if it cannot have one.
    public var largeBlobKey: LargeBlobKey?
    /// Whether other sites may use it for payments; `nil` if the key does not report it.
    public var thirdPartyPayment: Bool?

    public init(
        rp: StoredRelyingParty,
        user: PublicKeyCredentialUserEntity,
        credential: PublicKeyCredentialDescriptor,
        publicKey: COSEKey? = nil,
        credProtect: Int? = nil,
        largeBlobKey: LargeBlobKey? = nil,
        thirdPartyPayment: Bool? = nil
    ) {
        self.rp = rp
        self.user = user
        self.credential = credential
        self.publicKey = publicKey
        self.credProtect = credProtect
        self.largeBlobKey = largeBlobKey
        self.thirdPartyPayment = thirdPartyPayment
    }
}

/// A relying party with credentials on a key (CTAP 2.3 §6.8.3).
public struct StoredRelyingParty: Hashable, Sendable {
    /// The RP ID, possibly truncated by the key; see `idIsWhole`.
    public var id: String?
    /// `nil` on most keys, which do not store it.
    public var name: String?
    /// SHA-256 of the whole RP ID, by which keys identify the relying party.
    public var rpIdHash: [UInt8]

    public init(id: String?, name: String? = nil, rpIdHash: [UInt8]) {
        self.id = id
        self.name = name
        self.rpIdHash = rpIdHash
    }

    /// Whether `id` is the complete RP ID: some keys truncate it or do not store it.
    public var idIsWhole: Bool { id.map(Self.hash(of:)) == rpIdHash }

    /// The SHA-256 hash of an RP ID.
    public static func hash(of rpId: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(rpId.utf8)))
    }
}

/// The number of discoverable credentials on a key (CTAP 2.3 §6.8.2).
public struct CredentialCount: Hashable, Sendable {
    public var existing: Int
    /// The most credentials that can be added; long names reduce it.
    public var remaining: Int

    public init(existing: Int, remaining: Int) {
        self.existing = existing
        self.remaining = remaining
    }
}

/// All discoverable credentials of a key.
public struct CredentialInventory: Hashable, Sendable {
    public var count: CredentialCount
    /// In the key's order, grouped by relying party.
    public var credentials: [DiscoverableCredential]

    public init(count: CredentialCount, credentials: [DiscoverableCredential]) {
        self.count = count
        self.credentials = credentials
    }
}
