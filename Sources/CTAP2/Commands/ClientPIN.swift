/// A subcommand of clientPIN (CTAP 2.1 §6.5.5).
package enum ClientPINSubCommand: Int, Hashable, Sendable {
    case getPINRetries = 1
    case getKeyAgreement = 2
    case setPIN = 3
    case changePIN = 4
    /// A token without permissions: keys of CTAP 2.0.
    case getPinToken = 5
    case getPinUvAuthTokenUsingUvWithPermissions = 6
    case getUVRetries = 7
    case getPinUvAuthTokenUsingPinWithPermissions = 9
}

/// Sets, changes and verifies PINs, and obtains tokens (CTAP 2.1 §6.5.5). Each subcommand's section lists its members.
package struct ClientPINRequest: Hashable, Sendable {
    package var subCommand: ClientPINSubCommand
    package var pinUvAuthProtocol: PINUVAuthProtocol?
    /// Our public key for the key agreement.
    package var keyAgreement: COSEKey?
    package var pinUvAuthParam: [UInt8]?
    /// The new PIN, encrypted.
    package var newPinEnc: [UInt8]?
    /// The hash of the PIN, encrypted.
    package var pinHashEnc: [UInt8]?
    package var permissions: PINUVAuthPermissions?
    /// The relying party to which to bind the token.
    package var rpId: String?

    package init(_ subCommand: ClientPINSubCommand, _ pinUvAuthProtocol: PINUVAuthProtocol? = nil) {
        self.subCommand = subCommand
        self.pinUvAuthProtocol = pinUvAuthProtocol
    }
}

extension ClientPINRequest: CTAPRequest {
    package var command: CTAPCommand { .clientPIN }

    package func response(_ members: CBORMap) throws(ResponseError) -> ClientPINResponse {
        do throws(CBORError) {
            return try ClientPINResponse(cbor: members)
        } catch {
            throw .cbor(error)
        }
    }

    /// The request's map (CTAP 2.1 §6.5.5).
    package var cbor: CBORMap {
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

/// A key's answer to `ClientPINRequest` (CTAP 2.1 §6.5.5).
package struct ClientPINResponse: Hashable, Sendable {
    /// The key's public key for the key agreement.
    package var keyAgreement: COSEKey?
    /// The token, encrypted.
    package var pinUvAuthToken: [UInt8]?
    /// How many wrong PINs the key still accepts.
    package var pinRetries: Int?
    /// Whether the key must be unplugged before it accepts another PIN; `nil` when it does not say.
    package var powerCycleState: Bool?
    /// How many failures of built-in verification the key still accepts.
    package var uvRetries: Int?
}

extension ClientPINResponse {
    /// Reads the response's map; unknown members are ignored.
    package init(cbor map: CBORMap) throws(CBORError) {
        keyAgreement = try map.optional(1, "keyAgreement", \.map).map { (key) throws(CBORError) in
            try COSEKey(cbor: key)
        }
        pinUvAuthToken = try map.optional(2, "pinUvAuthToken", \.bytes)
        pinRetries = try map.optional(3, "pinRetries", \.nonNegativeInt)
        powerCycleState = try map.optional(4, "powerCycleState", \.bool)
        uvRetries = try map.optional(5, "uvRetries", \.nonNegativeInt)
    }
}
