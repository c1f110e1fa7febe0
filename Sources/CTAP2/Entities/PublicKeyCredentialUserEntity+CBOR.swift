extension PublicKeyCredentialUserEntity {
    /// The map as it stands in requests; an empty `displayName` is left out, since some keys answer it with
    /// `INVALID_LENGTH`.
    public var cbor: CBORMap {
        var map: CBORMap = ["id": .bytes(id)]
        map["name"] = name.map(CBORValue.text)
        if let displayName, !displayName.isEmpty { map["displayName"] = .text(displayName) }
        return map
    }

    /// Reads a map that a key sent; other members are ignored.
    public init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required("id", "user.id", \.bytes)
        name = try map.optional("name", "user.name", \.text)
        displayName = try map.optional("displayName", "user.displayName", \.text)
    }
}
