extension ClientPINResponse {
    /// Reads the response's map; unknown members are ignored.
    public init(cbor map: CBORMap) throws(CBORError) {
        keyAgreement = try map.optional(1, "keyAgreement", \.map).map { (key) throws(CBORError) in
            try COSEKey(cbor: key)
        }
        pinUvAuthToken = try map.optional(2, "pinUvAuthToken", \.bytes)
        pinRetries = try map.optional(3, "pinRetries", \.nonNegativeInt)
        powerCycleState = try map.optional(4, "powerCycleState", \.bool)
        uvRetries = try map.optional(5, "uvRetries", \.nonNegativeInt)
    }
}
