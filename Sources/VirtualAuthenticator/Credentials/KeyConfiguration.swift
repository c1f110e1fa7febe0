import CTAP2

/// The settings that authenticatorConfig changes (CTAP 2.1 §6.11); a reset restores the defaults.
struct KeyConfiguration: Hashable, Sendable {
    var enterpriseAttestation = false
    /// Like the other optional properties, `nil` for the key's default.
    var alwaysUv: Bool?
    var minimumPINLength: Int?
    /// The RP IDs that may use the extension minPinLength.
    var minPinLengthRPIDs: [String] = []
    var pinComplexityPolicy: Bool?
    var longTouchForReset: Bool?
}

extension KeyConfiguration {
    var cbor: CBORMap {
        var map: CBORMap = [:]
        if enterpriseAttestation { map[0x01] = true }
        map[0x02] = alwaysUv.map { .bool($0) }
        map[0x03] = minimumPINLength.map { .int($0) }
        if !minPinLengthRPIDs.isEmpty { map[0x04] = .array(minPinLengthRPIDs.map { .text($0) }) }
        map[0x05] = pinComplexityPolicy.map { .bool($0) }
        map[0x06] = longTouchForReset.map { .bool($0) }
        return map
    }

    init(cbor map: CBORMap) throws(CBORError) {
        enterpriseAttestation = try map.optional(0x01, "enterprise attestation", \.bool) ?? false
        alwaysUv = try map.optional(0x02, "alwaysUv", \.bool)
        minimumPINLength = try map.optional(0x03, "minimum PIN length", \.nonNegativeInt)
        minPinLengthRPIDs = try map.optional(0x04, "RP IDs of minPinLength", \.texts) ?? []
        pinComplexityPolicy = try map.optional(0x05, "PIN complexity policy", \.bool)
        longTouchForReset = try map.optional(0x06, "long touch for reset", \.bool)
    }
}
