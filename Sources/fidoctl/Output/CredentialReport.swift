import CTAP2
import Interaction
import WebAuthn

/// A credential in JSON: names unescaped, bytes in base64url.
struct CredentialReport: Encodable {
    let stored: DiscoverableCredential
    /// Whether no other listed key has a credential for the account; `nil` if only one key is listed.
    var onlyOnThisKey: Bool?

    private enum Members: CodingKey {
        case rpId, rpIdIsWhole, rpIdHash, rpName, userId, userName, userDisplayName, credentialId, algorithm
        case credProtect, largeBlob, thirdPartyPayment, onlyOnThisKey
    }

    /// Encodes every member, as null if the key does not report it.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(stored.rp.id, forKey: .rpId)
        try members.encode(stored.rp.idIsWhole, forKey: .rpIdIsWhole)
        try members.encode(Base64URL.encode(stored.rp.rpIdHash), forKey: .rpIdHash)
        try members.encode(stored.rp.name, forKey: .rpName)
        try members.encode(Base64URL.encode(stored.user.id), forKey: .userId)
        try members.encode(stored.user.name, forKey: .userName)
        try members.encode(stored.user.displayName, forKey: .userDisplayName)
        try members.encode(Base64URL.encode(stored.credential.id), forKey: .credentialId)
        try members.encode(stored.publicKey?.algorithm.description, forKey: .algorithm)
        try members.encode(stored.credProtect, forKey: .credProtect)
        try members.encode(stored.largeBlobKey != nil, forKey: .largeBlob)
        try members.encode(stored.thirdPartyPayment, forKey: .thirdPartyPayment)
        try members.encode(onlyOnThisKey, forKey: .onlyOnThisKey)
    }
}

/// A credential that was deleted or renamed, with its key.
struct CredentialChange: Encodable {
    let key: KeyName
    let stored: DiscoverableCredential

    private enum Members: CodingKey {
        case device, name, credential
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(key.path, forKey: .device)
        try members.encode(key.name, forKey: .name)
        try members.encode(CredentialReport(stored: stored), forKey: .credential)
    }
}
