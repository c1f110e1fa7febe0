extension PublicKeyCredentialRpEntity {
    /// The map as it stands in requests.
    public var cbor: CBORMap {
        var map: CBORMap = ["id": .text(id)]
        map["name"] = name.map(CBORValue.text)
        return map
    }

    /// Reads a map that a key sent; other members are ignored.
    public init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required("id", "rp.id", \.text)
        name = try map.optional("name", "rp.name", \.text)
    }
}
