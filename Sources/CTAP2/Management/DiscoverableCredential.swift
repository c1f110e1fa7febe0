import Crypto

/// A discoverable credential, as its key describes it (CTAP 2.3 §6.8.4). Names are unchecked text that must be escaped
/// before they reach a terminal.
public struct DiscoverableCredential: Hashable, Sendable {
    public var rp: StoredRelyingParty
    public var user: PublicKeyCredentialUserEntity
    public var credential: PublicKeyCredentialDescriptor
    /// `nil` when the key sent none of a known form.
    public var publicKey: COSEKey?
    /// What it takes to use the credential: `credProtect` 1 to 3 (CTAP 2.1 §12.1); `nil` where the key does not say.
    public var credProtect: Int?
    /// Decrypts the credential's large blob, 32 bytes; `nil` when it can have none.
    public var largeBlobKey: [UInt8]?
    /// Whether it may be used for payments on other sites; `nil` where the key does not say.
    public var thirdPartyPayment: Bool?

    public init(
        rp: StoredRelyingParty,
        user: PublicKeyCredentialUserEntity,
        credential: PublicKeyCredentialDescriptor,
        publicKey: COSEKey? = nil,
        credProtect: Int? = nil,
        largeBlobKey: [UInt8]? = nil,
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

/// A relying party that a key holds credentials for (CTAP 2.3 §6.8.3).
public struct StoredRelyingParty: Hashable, Sendable {
    /// The RP ID, as far as the key kept it; see `idIsWhole`.
    public var id: String?
    /// Most keys keep no name.
    public var name: String?
    /// SHA-256 of the whole RP ID: what the key knows it by.
    public var rpIdHash: [UInt8]

    public init(id: String?, name: String? = nil, rpIdHash: [UInt8]) {
        self.id = id
        self.name = name
        self.rpIdHash = rpIdHash
    }

    /// Whether `id` is the RP ID: keys with little room cut it off, or do not keep it.
    public var idIsWhole: Bool { id.map(Self.hash(of:)) == rpIdHash }

    /// What keys know this RP ID by.
    public static func hash(of rpId: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(rpId.utf8)))
    }
}

/// How many discoverable credentials a key holds (CTAP 2.3 §6.8.2).
public struct CredentialCount: Hashable, Sendable {
    public var existing: Int
    /// How many more fit at most: those with long names take more room.
    public var remaining: Int

    public init(existing: Int, remaining: Int) {
        self.existing = existing
        self.remaining = remaining
    }
}

/// All discoverable credentials of a key.
public struct CredentialInventory: Hashable, Sendable {
    public var count: CredentialCount
    /// In the key's order, those of one relying party together.
    public var credentials: [DiscoverableCredential]

    public init(count: CredentialCount, credentials: [DiscoverableCredential]) {
        self.count = count
        self.credentials = credentials
    }
}
