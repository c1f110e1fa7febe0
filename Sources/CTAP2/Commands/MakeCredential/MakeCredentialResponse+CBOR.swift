extension MakeCredentialResponse {
    /// Reads the response's map; unknown members are ignored, a response without a credential is refused.
    public init(cbor map: CBORMap) throws(ResponseError) {
        do throws(CBORError) {
            fmt = try map.required(1, "fmt", \.text)
            let fmtNeedsStatement = fmt != "none"
            let statement = map[3]
            if fmtNeedsStatement, statement == nil { throw .missing(member: "attStmt") }
            attStmt = statement ?? [:]
            epAtt = try map.optional(4, "epAtt", \.bool) ?? false
            largeBlobKey = try map.optional(5, "largeBlobKey", \.bytes)
            unsignedExtensionOutputs = try map.optional(6, "unsignedExtensionOutputs", \.map) ?? [:]
        } catch {
            throw .cbor(error)
        }
        authData = try AuthenticatorData(member: 2, of: map)
        guard authData.attestedCredentialData != nil else {
            throw .authenticatorData(.missingAttestedCredentialData)
        }
    }
}
