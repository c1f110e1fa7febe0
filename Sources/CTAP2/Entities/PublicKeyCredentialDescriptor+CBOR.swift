extension PublicKeyCredentialDescriptor {
    /// The map as it stands in requests; without `transports`, which make some older keys answer with a CBOR error.
    public var cbor: CBORMap { ["id": .bytes(id), "type": .text(type)] }

    /// Reads a map that a key sent; other members are ignored.
    public init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required("id", "credential.id", \.bytes)
        type = try map.required("type", "credential.type", \.text)
        transports = try map.optional("transports", "credential.transports", \.texts)
    }
}
