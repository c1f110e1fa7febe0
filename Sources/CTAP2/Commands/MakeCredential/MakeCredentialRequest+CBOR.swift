extension MakeCredentialRequest {
    /// The request's map (CTAP 2.3 §6.1); empty lists and options at their defaults are left out, since real keys
    /// refuse some of them.
    public var cbor: CBORMap {
        var map: CBORMap = [
            1: .bytes(clientDataHash),
            2: .map(rp.cbor),
            3: .map(user.cbor),
            4: .array(pubKeyCredParams.map { .map($0.cbor) }),
        ]
        if !excludeList.isEmpty { map[5] = .array(excludeList.map { .map($0.cbor) }) }
        if !extensions.isEmpty { map[6] = .map(extensions) }
        if !options.cbor.isEmpty { map[7] = .map(options.cbor) }
        map[8] = pinUvAuthParam.map(CBORValue.bytes)
        map[9] = pinUvAuthProtocol.map(CBORValue.int)
        map[10] = enterpriseAttestation.map(CBORValue.int)
        if !attestationFormatsPreference.isEmpty {
            map[11] = .array(attestationFormatsPreference.map(CBORValue.text))
        }
        return map
    }
}

extension MakeCredentialRequest.Options {
    /// Only what is asked for: a key without `rk` refuses it even when false, and one without built-in verification `uv`.
    fileprivate var cbor: CBORMap {
        var map = CBORMap()
        if rk { map["rk"] = true }
        if uv { map["uv"] = true }
        return map
    }
}
