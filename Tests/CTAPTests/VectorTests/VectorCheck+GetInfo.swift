import CTAP2
import Testing

extension VectorCheck {
    static let getInfo = [
        VectorCheck(name: "getInfo response", claims: { $0.file == "getinfo.json" && $0.shape == ["responseMap"] }) {
            data,
            expect in
            let bytes = try #require(data["responseMap"]?.bytes)
            if let reason = expect["reject"] {
                #expect(reason.text != nil)
                #expect(throws: CBORError.self) { try readInfo(bytes) }
                return
            }
            let isCanonical = try #require(expect["canonical"]?.flag as Bool?)
            let sent = try #require(try checkItem(bytes, expect["diag"], isCanonical: isCanonical).map)
            try check(try readInfo(bytes), against: sent)
        }
    ]

    private static func readInfo(_ bytes: [UInt8]) throws -> AuthenticatorInfo {
        try AuthenticatorInfo(cbor: try #require(try CBORDecoder.decode(bytes).map))
    }

    /// Every member of the response must be a property or among the unknown members.
    private static func check(_ info: AuthenticatorInfo, against sent: CBORMap) throws {
        for entry in sent.entries {
            let kept = entry.key == 4 ? nil : info.unrecognizedMembers[entry.key]
            let read = kept ?? members[entry.key]?(info)
            #expect(read == entry.value, "\(entry.key)")
        }
        #expect(info.unrecognizedMembers.entries.allSatisfy { sent[$0.key] != nil })
        if sent[5] == nil { #expect(info.maxMsgSize == 1024) }
    }

    /// Each property in the encoding of the response.
    private static let members: [CBORValue: @Sendable (AuthenticatorInfo) -> CBORValue?] = [
        0x01: { .array($0.versions.map(CBORValue.text)) },
        0x02: { .array($0.extensions.map(CBORValue.text)) },
        0x03: { .bytes($0.aaguid.bytes) },
        0x04: { info in
            var map = info.unrecognizedMembers[0x04]?.map ?? [:]
            for (identifier, value) in info.options.values {
                map[.text(identifier)] = .bool(value)
            }
            return .map(map)
        },
        0x05: { .int($0.maxMsgSize) },
        0x06: { .array($0.pinUvAuthProtocols.map(CBORValue.int)) },
        0x07: { $0.maxCredentialCountInList.map(CBORValue.int) },
        0x08: { $0.maxCredentialIdLength.map(CBORValue.int) },
        0x09: { .array($0.transports.map(CBORValue.text)) },
        0x0A: { .array($0.algorithms.map { .map($0.cbor) }) },
        0x0B: { $0.maxSerializedLargeBlobArray.map(CBORValue.int) },
        0x0C: { .bool($0.forcePINChange) },
        0x0D: { .int($0.minPINLength) },
        0x0E: { $0.firmwareVersion.map(CBORValue.unsigned) },
        0x0F: { $0.maxCredBlobLength.map(CBORValue.int) },
        0x10: { $0.maxRPIDsForSetMinPINLength.map(CBORValue.int) },
        0x11: { $0.preferredPlatformUvAttempts.map(CBORValue.int) },
        0x12: { $0.uvModality.map(CBORValue.unsigned) },
        0x13: { info in
            var map = CBORMap()
            for (name, level) in info.certifications {
                map[.text(name)] = .int(level)
            }
            return .map(map)
        },
        0x14: { $0.remainingDiscoverableCredentials.map(CBORValue.int) },
        0x15: { $0.vendorPrototypeConfigCommands.map { .array($0.map(CBORValue.unsigned)) } },
        0x16: { .array($0.attestationFormats.map(CBORValue.text)) },
        0x17: { $0.uvCountSinceLastPinEntry.map(CBORValue.int) },
        0x18: { .bool($0.longTouchForReset) },
        0x19: { $0.encIdentifier.map(CBORValue.bytes) },
        0x1A: { $0.transportsForReset.map { .array($0.map(CBORValue.text)) } },
        0x1B: { $0.pinComplexityPolicy.map(CBORValue.bool) },
        0x1C: { $0.pinComplexityPolicyURL.map(CBORValue.bytes) },
        0x1D: { .int($0.maxPINLength) },
        0x1E: { $0.encCredStoreState.map(CBORValue.bytes) },
        0x1F: { $0.authenticatorConfigCommands.map { .array($0.map(CBORValue.unsigned)) } },
    ]
}
