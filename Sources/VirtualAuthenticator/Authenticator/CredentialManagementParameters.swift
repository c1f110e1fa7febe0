import CTAP2

/// The type-checked request of authenticatorCredentialManagement (CTAP 2.1 §6.8).
struct CredentialManagementParameters {
    var subCommand: UInt64
    var parameters: RequestMap?
    var pinUVAuth: PINUVAuthParameters

    init(_ map: RequestMap) throws(Refusal) {
        subCommand = try map.required(0x01, \.unsigned)
        parameters = try map.optionalMap(0x02)
        pinUVAuth = try PINUVAuthParameters(map, parameter: 0x04, protocol: 0x03)
    }

    /// The message that pinUvAuthParam authenticates for a subcommand with parameters.
    var message: [UInt8] { [UInt8(clamping: subCommand)] + (parameters?.bytes ?? []) }

    func rpIDHash() throws(Refusal) -> [UInt8] {
        try parameters.required().required(0x01, \.bytes)
    }

    /// The ID in the descriptor.
    func credentialID() throws(Refusal) -> [UInt8] {
        let descriptor = try parameters.required().requiredMap(0x02)
        _ = try descriptor.required("type", \.text)
        return try descriptor.required("id", \.bytes)
    }

    func user() throws(Refusal) -> UserAccount {
        try UserAccount(parameters.required().requiredMap(0x03))
    }
}
