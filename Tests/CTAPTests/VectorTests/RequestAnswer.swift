import CTAP2
import Testing

/// A makeCredential request parsed from its map, as far as `MakeCredentialRequest` can express it.
func makeCredentialRequest(_ map: CBORMap) throws -> MakeCredentialRequest {
    let user = try #require(map[3]?.map)
    let parameters = try #require(map[4]?.array).compactMap(\.map)
    return MakeCredentialRequest(
        clientDataHash: try #require(map[1]?.bytes),
        rp: try PublicKeyCredentialRpEntity(cbor: try #require(map[2]?.map)),
        user: try PublicKeyCredentialUserEntity(cbor: user),
        pubKeyCredParams: try parameters.map { try PublicKeyCredentialParameters(cbor: $0) },
        excludeList: try (map[5]?.array ?? []).compactMap(\.map).map { try PublicKeyCredentialDescriptor(cbor: $0) },
        extensions: map[6]?.map ?? [:],
        options: .init(rk: map[7]?.map?["rk"] == true, uv: map[7]?.map?["uv"] == true),
        authorization: authorization(map[8], map[9]),
        enterpriseAttestation: map[10]?.int,
        attestationFormatsPreference: (map[11]?.array ?? []).compactMap(\.text)
    )
}

/// A getAssertion request parsed from its map, as far as `GetAssertionRequest` can express it.
func getAssertionRequest(_ map: CBORMap) throws -> GetAssertionRequest {
    GetAssertionRequest(
        rpId: try #require(map[1]?.text),
        clientDataHash: try #require(map[2]?.bytes),
        allowList: try (map[3]?.array ?? []).compactMap(\.map).map { try PublicKeyCredentialDescriptor(cbor: $0) },
        extensions: map[4]?.map ?? [:],
        options: .init(up: map[5]?.map?["up"] != false, uv: map[5]?.map?["uv"] == true),
        authorization: authorization(map[6], map[7])
    )
}

private func authorization(_ param: CBORValue?, _ number: CBORValue?) -> PINUVAuthorization? {
    guard let param = param?.bytes, let known = PINUVAuthProtocol(rawValue: number?.int ?? 1) else { return nil }
    return PINUVAuthorization(param: param, pinUvAuthProtocol: known)
}

/// A published makeCredential request without the parts that our client omits, because real keys reject them or the
/// specification has dropped them.
func asWeSend(makeCredential map: CBORMap) -> CBORMap {
    var map = map
    for entity in [2, 3] as [CBORValue] {
        guard var members = map[entity]?.map else { continue }
        members["icon"] = nil
        if members["displayName"] == "" { members["displayName"] = nil }
        map[entity] = .map(members)
    }
    map[5] = map[5].flatMap(withoutTransports)
    if map[6] == [:] { map[6] = nil }
    map[7] = map[7].flatMap { options($0) { $0.value == true && $0.key != "up" } }
    if map[11] == [] { map[11] = nil }
    return map
}

/// The same for getAssertion.
func asWeSend(getAssertion map: CBORMap) -> CBORMap {
    var map = map
    map[3] = map[3].flatMap(withoutTransports)
    if map[4] == [:] { map[4] = nil }
    map[5] = map[5].flatMap { options($0) { $0.key == "up" ? $0.value == false : $0.key == "uv" && $0.value == true } }
    return map
}

private func withoutTransports(_ list: CBORValue) -> CBORValue? {
    let entries = (list.array ?? []).map { entry in
        var map = entry.map ?? [:]
        map["transports"] = nil
        return CBORValue.map(map)
    }
    return entries.isEmpty ? nil : .array(entries)
}

private func options(_ sent: CBORValue, where isSent: (CBORMap.Entry) -> Bool) -> CBORValue? {
    var map = CBORMap()
    for entry in (sent.map ?? [:]).entries where isSent(entry) {
        map[entry.key] = entry.value
    }
    return map.isEmpty ? nil : .map(map)
}
