extension GetAssertionRequest {
    /// The request's map (CTAP 2.3 §6.2); empty lists and options at their defaults are left out, since real keys
    /// refuse some of them.
    public var cbor: CBORMap {
        var map: CBORMap = [1: .text(rpId), 2: .bytes(clientDataHash)]
        if !allowList.isEmpty { map[3] = .array(allowList.map { .map($0.cbor) }) }
        if !extensions.isEmpty { map[4] = .map(extensions) }
        if !options.cbor.isEmpty { map[5] = .map(options.cbor) }
        map[6] = pinUvAuthParam.map(CBORValue.bytes)
        map[7] = pinUvAuthProtocol.map(CBORValue.int)
        return map
    }
}

extension GetAssertionRequest.Options {
    /// Only what differs from the default: a key without built-in verification refuses `uv` even when false.
    fileprivate var cbor: CBORMap {
        var map = CBORMap()
        if !up { map["up"] = false }
        if uv { map["uv"] = true }
        return map
    }
}
