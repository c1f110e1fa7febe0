import CTAP2

/// The type-checked request of authenticatorGetAssertion (CTAP 2.1 §6.2).
struct GetAssertionParameters {
    var rpId: String
    var clientDataHash: [UInt8]
    /// Empty means any discoverable credential.
    var allowList: DescriptorList
    /// Checked by the key's extensions.
    var extensions: RequestMap?
    var options: CommandOptions
    var pinUVAuth: PINUVAuthParameters

    init(_ map: RequestMap) throws(Refusal) {
        rpId = try map.required(0x01, \.text)
        clientDataHash = try map.clientDataHash(0x02)
        allowList = try map.descriptorList(0x03)
        extensions = try map.optionalMap(0x04)
        options = try CommandOptions(map.optionalMap(0x05))
        pinUVAuth = try PINUVAuthParameters(map, parameter: 0x06, protocol: 0x07)
    }
}
