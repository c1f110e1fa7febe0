extension ClientPINRequest {
    /// The request's map (CTAP 2.1 §6.5.5).
    public var cbor: CBORMap {
        var map: CBORMap = [2: .int(subCommand.rawValue)]
        map[1] = pinUvAuthProtocol.map { .int($0.rawValue) }
        map[3] = keyAgreement?.cbor.map(CBORValue.map)
        map[4] = pinUvAuthParam.map(CBORValue.bytes)
        map[5] = newPinEnc.map(CBORValue.bytes)
        map[6] = pinHashEnc.map(CBORValue.bytes)
        map[9] = permissions.map { .int(Int($0.rawValue)) }
        map[10] = rpId.map(CBORValue.text)
        return map
    }
}
