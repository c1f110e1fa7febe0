import CTAP2

/// A credential that is ready to sign.
struct Credential: Sendable {
    var id: [UInt8]
    var key: SigningKey
    /// The account; only for discoverable credentials.
    var user: UserAccount?
    /// The extensions' stored data: one map each, by identifier.
    var extensionData: CBORMap = [:]

    var protection: CredentialProtection { CredentialProtection(in: extensionData) }
}

/// The account of a credential.
struct UserAccount: Hashable, Sendable {
    var id: [UInt8]
    var name: String?
    var displayName: String?
}

/// A credential that is stored on the key and found by its site alone.
struct ResidentCredential: Hashable, Sendable {
    var id: [UInt8]
    var rpId: String
    var rpName: String?
    var user: UserAccount
    var algorithm: COSEAlgorithm
    var secret: [UInt8]
    /// See `Credential`.
    var extensionData: CBORMap = [:]

    /// The credential ready to sign.
    func unlocked() throws(SigningKeyError) -> Credential {
        let key = try SigningKey(algorithm: algorithm, secret: secret)
        return Credential(id: id, key: key, user: user, extensionData: extensionData)
    }
}

extension ResidentCredential {
    /// Version 1 of state files has no member 0x09.
    var cbor: CBORMap {
        var map: CBORMap = [
            0x01: .bytes(id), 0x02: .text(rpId), 0x04: .bytes(user.id),
            0x07: .int(algorithm.rawValue), 0x08: .bytes(secret),
        ]
        map[0x03] = rpName.map { .text($0) }
        map[0x05] = user.name.map { .text($0) }
        map[0x06] = user.displayName.map { .text($0) }
        map[0x09] = ExtensionData.encoded(extensionData)
        return map
    }

    init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required(0x01, "id", \.bytes)
        rpId = try map.required(0x02, "rpId", \.text)
        rpName = try map.optional(0x03, "rpName", \.text)
        user = UserAccount(
            id: try map.required(0x04, "user id", \.bytes),
            name: try map.optional(0x05, "user name", \.text),
            displayName: try map.optional(0x06, "user displayName", \.text)
        )
        algorithm = COSEAlgorithm(rawValue: try map.required(0x07, "alg", \.int))
        secret = try map.required(0x08, "secret", \.bytes)
        extensionData = try map.optional(0x09, "extension data", ExtensionData.decoded) ?? [:]
    }
}

/// The extensions' data as a byte string, so that it does not add to the nesting depth.
enum ExtensionData {
    /// `nil` if there is nothing to store.
    static func encoded(_ data: CBORMap) -> CBORValue? {
        data.isEmpty ? nil : .bytes(CBOREncoder.encode(data))
    }

    static func decoded(_ value: CBORValue) -> CBORMap? {
        value.bytes.flatMap { try? CBORDecoder.decode($0, rules: .canonical).map }
    }
}
