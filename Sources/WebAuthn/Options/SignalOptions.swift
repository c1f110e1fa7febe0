public import CTAP2

/// The relying party does not know this credential (WebAuthn L3 §5.1.10.2, "UnknownCredentialOptions").
public struct UnknownCredentialOptions: Hashable, Sendable {
    public var rpId: String
    public var credentialID: [UInt8]

    public init(json: [UInt8]) throws(JSONError) {
        let members = try JSON.decode(Members.self, from: json)
        (rpId, credentialID) = (members.rpId, members.credentialId.bytes)
    }

    /// Whether the signal concerns `credential`, which can no longer log in.
    public func isStale(_ credential: DiscoverableCredential) -> Bool {
        credential.rp.matches(rpId) && credential.credential.id == credentialID
    }

    private struct Members: Decodable {
        var rpId: String
        var credentialId: OptionBytes
    }
}

/// All credentials that the relying party accepts for an account (WebAuthn L3 §5.1.10.3,
/// "AllAcceptedCredentialsOptions").
public struct AllAcceptedCredentialsOptions: Hashable, Sendable {
    public var rpId: String
    public var userID: [UInt8]
    public var credentialIDs: Set<[UInt8]>

    public init(json: [UInt8]) throws(JSONError) {
        let members = try JSON.decode(Members.self, from: json)
        (rpId, userID) = (members.rpId, members.userId.bytes)
        credentialIDs = Set(members.allAcceptedCredentialIds.map(\.bytes))
    }

    /// Whether `credential` belongs to the account and is no longer accepted.
    public func isStale(_ credential: DiscoverableCredential) -> Bool {
        credential.rp.matches(rpId) && credential.user.id == userID && !credentialIDs.contains(credential.credential.id)
    }

    private struct Members: Decodable {
        var rpId: String
        var userId: OptionBytes
        var allAcceptedCredentialIds: [OptionBytes]
    }
}

/// The current names of an account (WebAuthn L3 §5.1.10.4, "CurrentUserDetailsOptions").
public struct CurrentUserDetailsOptions: Hashable, Sendable {
    public var rpId: String
    public var userID: [UInt8]
    public var name: String
    public var displayName: String

    public init(json: [UInt8]) throws(JSONError) {
        let members = try JSON.decode(Members.self, from: json)
        (rpId, userID) = (members.rpId, members.userId.bytes)
        (name, displayName) = (members.name, members.displayName)
    }

    /// Whether `credential` belongs to the account and has different names.
    public func isStale(_ credential: DiscoverableCredential) -> Bool {
        credential.rp.matches(rpId) && credential.user.id == userID && credential.user != user
    }

    /// The account with the signal's names, truncated as keys store them.
    public var user: PublicKeyCredentialUserEntity {
        PublicKeyCredentialUserEntity(id: userID, name: name, displayName: displayName).withFittingNames
    }

    private struct Members: Decodable {
        var rpId: String
        var userId: OptionBytes
        var name: String
        var displayName: String
    }
}

extension StoredRelyingParty {
    /// Compares the hash: keys may truncate an RP ID or not store it.
    fileprivate func matches(_ rpId: String) -> Bool { rpIdHash == Self.hash(of: rpId) }
}
