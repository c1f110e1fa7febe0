import CTAP2
import WebAuthn

/// One key in the memory: the data to recognize it without a PIN, and its credentials.
struct RememberedKey: Codable, Sendable {
    /// A credential without its large-blob key.
    struct Credential: Codable, Sendable {
        var rpId: String?
        var rpName: String?
        var rpIdHash: Base64URLBytes
        var userId: Base64URLBytes
        var userName: String?
        var userDisplayName: String?
        var credentialId: Base64URLBytes
        var algorithm: Int?
        var credProtect: Int?
        var hasLargeBlobKey: Bool
        var thirdPartyPayment: Bool?
    }

    /// The user's own name for the key.
    var ownName: String?
    var serial: String?
    /// The key's identifier, unchanged until a reset (CTAP 2.3 §6.4, `encIdentifier`).
    var identifier: Base64URLBytes
    /// The persistent, read-only token.
    var token: Base64URLBytes
    var pinUvAuthProtocol: Int
    /// The key's state for which `credentials` is current (`encCredStoreState`); `nil` if it changed during the
    /// listing.
    var storeState: Base64URLBytes?
    var existing: Int
    var remaining: Int
    var credentials: [Credential]
}

extension RememberedKey {
    /// `nil` if the stored token is invalid.
    var persistentToken: PINUVAuthToken? {
        guard let known = PINUVAuthProtocol(rawValue: pinUvAuthProtocol) else { return nil }
        return try? PINUVAuthToken(persistent: Secret(copying: token.bytes), known)
    }

    /// Whether this is the key that returned `info`.
    func isKey(_ info: AuthenticatorInfo) -> Bool {
        persistentToken?.identifier(in: info) == identifier.bytes
    }

    var inventory: CredentialInventory {
        get {
            CredentialInventory(
                count: CredentialCount(existing: existing, remaining: remaining),
                credentials: credentials.map(\.discoverable)
            )
        }
        set {
            (existing, remaining) = (newValue.count.existing, newValue.count.remaining)
            credentials = newValue.credentials.map(Credential.init)
        }
    }
}

extension RememberedKey.Credential {
    init(_ credential: DiscoverableCredential) {
        rpId = credential.rp.id
        rpName = credential.rp.name
        rpIdHash = Base64URLBytes(credential.rp.rpIdHash)
        userId = Base64URLBytes(credential.user.id)
        userName = credential.user.name
        userDisplayName = credential.user.displayName
        credentialId = Base64URLBytes(credential.credential.id)
        algorithm = credential.publicKey?.algorithm.rawValue
        credProtect = credential.credProtect
        hasLargeBlobKey = credential.largeBlobKey != nil
        thirdPartyPayment = credential.thirdPartyPayment
    }

    /// The credential as the key described it, but with only the algorithm of its public key and an empty large-blob
    /// key.
    var discoverable: DiscoverableCredential {
        DiscoverableCredential(
            rp: StoredRelyingParty(id: rpId, name: rpName, rpIdHash: rpIdHash.bytes),
            user: PublicKeyCredentialUserEntity(id: userId.bytes, name: userName, displayName: userDisplayName),
            credential: PublicKeyCredentialDescriptor(id: credentialId.bytes),
            publicKey: algorithm.map {
                COSEKey(algorithm: COSEAlgorithm(rawValue: $0), material: .unknown(keyType: 0))
            },
            credProtect: credProtect,
            largeBlobKey: hasLargeBlobKey ? LargeBlobKey([]) : nil,
            thirdPartyPayment: thirdPartyPayment
        )
    }
}
