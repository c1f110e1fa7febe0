import CTAP2

/// The type-checked request of authenticatorConfig (CTAP 2.1 §6.11).
struct ConfigParameters {
    var subCommand: UInt64
    var parameters: RequestMap?
    var pinUVAuth: PINUVAuthParameters

    init(_ map: RequestMap) throws(Refusal) {
        subCommand = try map.required(0x01, \.unsigned)
        parameters = try map.optionalMap(0x02)
        pinUVAuth = try PINUVAuthParameters(map, parameter: 0x04, protocol: 0x03)
    }

    /// The message that pinUvAuthParam authenticates.
    var message: [UInt8] {
        [UInt8](repeating: 0xFF, count: 32) + [CTAPCommand.config.rawValue, UInt8(clamping: subCommand)]
            + (parameters?.bytes ?? [])
    }
}

/// The parameters of setMinPINLength (CTAP 2.1 §6.11.4); `nil` leaves a setting unchanged.
struct MinPINLengthParameters {
    var newMinPINLength: UInt64?
    var minPinLengthRPIDs: [String]?
    var forceChangePin: Bool?
    /// Added in CTAP 2.2.
    var pinComplexityPolicy: Bool?

    init(_ map: RequestMap?) throws(Refusal) {
        newMinPINLength = try map?.optional(0x01, \.unsigned)
        minPinLengthRPIDs = try map?.optional(0x02, \.texts)
        forceChangePin = try map?.optional(0x03, \.bool)
        pinComplexityPolicy = try map?.optional(0x04, \.bool)
    }
}
