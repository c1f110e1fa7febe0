extension GetAssertionResponse {
    /// Reads the response's map; unknown members are ignored.
    public init(cbor map: CBORMap) throws(ResponseError) {
        do throws(CBORError) {
            if let descriptor = try map.optional(1, "credential", \.map) {
                credential = try PublicKeyCredentialDescriptor(cbor: descriptor)
            }
            signature = try map.required(3, "signature", \.bytes)
            if let entity = try map.optional(4, "user", \.map) {
                user = try PublicKeyCredentialUserEntity(cbor: entity)
            }
            numberOfCredentials = try map.optional(5, "numberOfCredentials", \.nonNegativeInt)
            userSelected = try map.optional(6, "userSelected", \.bool) ?? false
            largeBlobKey = try map.optional(7, "largeBlobKey", \.bytes)
            unsignedExtensionOutputs = try map.optional(8, "unsignedExtensionOutputs", \.map) ?? [:]
        } catch {
            throw .cbor(error)
        }
        authData = try AuthenticatorData(member: 2, of: map)
    }
}
