extension AuthenticatorInfo {
    /// Reads the response's map.
    ///
    /// Only `versions` and `aaguid` must be there and well formed; any other member that is not what the
    /// specification says, as keys of another edition send, goes to `unrecognizedMembers` and is as if absent.
    public init(cbor map: CBORMap) throws(CBORError) {
        let aaguid = try map.required(3, "aaguid") { $0.bytes.flatMap { AAGUID($0) } }
        self.init(versions: try map.required(1, "versions", \.texts), aaguid: aaguid)
        var rest = map
        rest[1] = nil
        rest[3] = nil
        takeOptions(from: &rest)
        takeMembersOfCTAP21(from: &rest)
        takeMembersOfCTAP22(from: &rest)
        unrecognizedMembers = rest
    }

    private mutating func takeOptions(from rest: inout CBORMap) {
        guard let sent = rest.take(4, \.map) else { return }
        var unreadable = CBORMap()
        for entry in sent.entries {
            if let identifier = entry.key.text, let value = entry.value.bool {
                options[identifier] = value
            } else {
                unreadable[entry.key] = entry.value
            }
        }
        if !unreadable.isEmpty { rest[4] = .map(unreadable) }
    }

    private mutating func takeMembersOfCTAP21(from rest: inout CBORMap) {
        extensions = rest.take(0x02, \.texts) ?? extensions
        maxMsgSize = rest.take(0x05, \.nonNegativeInt) ?? maxMsgSize
        pinUvAuthProtocols = rest.take(0x06) { $0.elements(\.nonNegativeInt) } ?? pinUvAuthProtocols
        maxCredentialCountInList = rest.take(0x07, \.nonNegativeInt)
        maxCredentialIdLength = rest.take(0x08, \.nonNegativeInt)
        transports = rest.take(0x09, \.texts) ?? transports
        algorithms = rest.take(0x0A, Self.parameters) ?? algorithms
        maxSerializedLargeBlobArray = rest.take(0x0B, \.nonNegativeInt)
        forcePINChange = rest.take(0x0C, \.bool) ?? forcePINChange
        minPINLength = rest.take(0x0D, \.nonNegativeInt) ?? minPINLength
        firmwareVersion = rest.take(0x0E, \.unsigned)
        maxCredBlobLength = rest.take(0x0F, \.nonNegativeInt)
        maxRPIDsForSetMinPINLength = rest.take(0x10, \.nonNegativeInt)
        preferredPlatformUvAttempts = rest.take(0x11, \.nonNegativeInt)
        uvModality = rest.take(0x12, \.unsigned)
        certifications = rest.take(0x13, Self.levels) ?? certifications
        remainingDiscoverableCredentials = rest.take(0x14, \.nonNegativeInt)
        vendorPrototypeConfigCommands = rest.take(0x15) { $0.elements(\.unsigned) }
    }

    private mutating func takeMembersOfCTAP22(from rest: inout CBORMap) {
        attestationFormats = rest.take(0x16, \.texts) ?? attestationFormats
        uvCountSinceLastPinEntry = rest.take(0x17, \.nonNegativeInt)
        longTouchForReset = rest.take(0x18, \.bool) ?? longTouchForReset
        encIdentifier = rest.take(0x19, \.bytes)
        transportsForReset = rest.take(0x1A, \.texts)
        pinComplexityPolicy = rest.take(0x1B, \.bool)
        pinComplexityPolicyURL = rest.take(0x1C, \.bytes)
        maxPINLength = rest.take(0x1D, \.nonNegativeInt) ?? maxPINLength
        encCredStoreState = rest.take(0x1E, \.bytes)
        authenticatorConfigCommands = rest.take(0x1F) { $0.elements(\.unsigned) }
    }

    private static func parameters(_ value: CBORValue) -> [PublicKeyCredentialParameters]? {
        value.elements { $0.map.flatMap { try? PublicKeyCredentialParameters(cbor: $0) } }
    }

    private static func levels(_ value: CBORValue) -> [String: Int]? {
        guard let map = value.map else { return nil }
        var levels: [String: Int] = [:]
        for entry in map.entries {
            guard let name = entry.key.text, let level = entry.value.nonNegativeInt else { return nil }
            levels[name] = level
        }
        return levels
    }
}

extension CBORMap {
    /// Takes out a member that `read` understands, and leaves any other.
    fileprivate mutating func take<T>(_ key: CBORValue, _ read: (CBORValue) -> T?) -> T? {
        guard let value = self[key].flatMap(read) else { return nil }
        self[key] = nil
        return value
    }
}
