extension PublicKeyCredentialParameters {
    /// The map as it stands in requests.
    public var cbor: CBORMap { ["alg": .int(alg.rawValue), "type": .text(type)] }

    /// Reads a map that a key sent; other members are ignored.
    public init(cbor map: CBORMap) throws(CBORError) {
        alg = COSEAlgorithm(rawValue: try map.required("alg", "alg", \.int))
        type = try map.required("type", "type", \.text)
    }
}
