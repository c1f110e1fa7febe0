import CTAP2

/// The options of makeCredential and getAssertion; `nil` means absent, and unknown options are ignored.
struct CommandOptions: Hashable {
    var residentKey: Bool?
    var userPresence: Bool?
    var userVerification: Bool?

    init(_ map: RequestMap?) throws(Refusal) {
        residentKey = try map?.optional("rk", \.bool)
        userPresence = try map?.optional("up", \.bool)
        userVerification = try map?.optional("uv", \.bool)
    }
}

/// pinUvAuthParam and pinUvAuthProtocol of a request.
struct PINUVAuthParameters: Hashable {
    var parameter: [UInt8]?
    var `protocol`: UInt64?

    /// An unauthenticated request.
    init() {}

    init(_ map: RequestMap, parameter: CBORValue, protocol: CBORValue) throws(Refusal) {
        self.parameter = try map.optional(parameter, \.bytes)
        self.protocol = try map.optional(`protocol`, \.unsigned)
    }
}

/// An excludeList or allowList.
struct DescriptorList: Hashable {
    /// The IDs of type public-key; other types are ignored (WebAuthn §5.8.3).
    var ids: [[UInt8]] = []
    var entryCount: Int
}

extension CBORValue {
    /// The elements of an array of text strings.
    var texts: [String]? {
        guard let elements = array else { return nil }
        let texts = elements.compactMap(\.text)
        return texts.count == elements.count ? texts : nil
    }
}

extension RequestMap {
    /// A SHA-256 hash.
    func clientDataHash(_ key: CBORValue) throws(Refusal) -> [UInt8] {
        let hash = try required(key, \.bytes)
        guard hash.count == 32 else { throw Refusal(.invalidParameter) }
        return hash
    }

    /// A list of descriptors; empty if absent.
    func descriptorList(_ key: CBORValue) throws(Refusal) -> DescriptorList {
        let descriptors = try optionalMaps(key) ?? []
        var list = DescriptorList(entryCount: descriptors.count)
        for descriptor in descriptors {
            let id = try descriptor.required("id", \.bytes)
            let type = try descriptor.required("type", \.text)
            _ = try descriptor.optional("transports", \.array)
            if type == "public-key" { list.ids.append(id) }
        }
        return list
    }
}
