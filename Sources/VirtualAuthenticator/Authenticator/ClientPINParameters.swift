import CTAP2

/// The type-checked request of authenticatorClientPIN (CTAP 2.1 §6.5.5). `subCommand` determines the required members.
struct ClientPINParameters {
    var pinProtocol: UInt64?
    var subCommand: UInt64
    var platformKey: CBORMap?
    /// pinUvAuthParam.
    var code: [UInt8]?
    var newPINEnc: [UInt8]?
    var pinHashEnc: [UInt8]?
    var permissions: TokenPermissions?
    var rpId: String?

    init(_ map: RequestMap) throws(Refusal) {
        pinProtocol = try map.optional(0x01, \.unsigned)
        subCommand = try map.required(0x02, \.unsigned)
        platformKey = try map.optional(0x03, \.map)
        code = try map.optional(0x04, \.bytes)
        newPINEnc = try map.optional(0x05, \.bytes)
        pinHashEnc = try map.optional(0x06, \.bytes)
        permissions = try map.optional(0x09, \.unsigned).map { TokenPermissions(rawValue: $0) }
        rpId = try map.optional(0x0A, \.text)
    }
}

extension Optional {
    /// The value of a required member; throws MISSING_PARAMETER if it is absent.
    func required() throws(Refusal) -> Wrapped {
        guard let self else { throw Refusal(.missingParameter) }
        return self
    }
}
