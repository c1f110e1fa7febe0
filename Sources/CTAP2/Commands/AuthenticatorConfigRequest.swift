/// The subcommands of authenticatorConfig (CTAP 2.3 §6.11).
public enum AuthenticatorConfigSubCommand: UInt8, Hashable, Sendable, CaseIterable {
    case enableEnterpriseAttestation = 1
    case toggleAlwaysUv = 2
    case setMinPINLength = 3
    case enableLongTouchForReset = 4
}

/// The request of authenticatorConfig (CTAP 2.3 §6.11).
package struct AuthenticatorConfigRequest: Hashable, Sendable {
    package var subCommand: AuthenticatorConfigSubCommand
    /// The parameters of `setMinPINLength`.
    package var pinPolicy: PINPolicyChange?
    package var authorization: PINUVAuthorization?

    package init(_ subCommand: AuthenticatorConfigSubCommand, pinPolicy: PINPolicyChange? = nil) {
        self.subCommand = subCommand
        self.pinPolicy = pinPolicy
    }
}

extension AuthenticatorConfigRequest: AuthorizableRequest {
    package var command: CTAPCommand { .config }

    package var authorizedBytes: [UInt8] {
        [UInt8](repeating: 0xFF, count: 32) + [command.rawValue, subCommand.rawValue]
            + (pinPolicy?.cbor ?? [:]).encodedUnlessEmpty
    }

    package var cbor: CBORMap {
        var map: CBORMap = [1: .int(Int(subCommand.rawValue))]
        if let parameters = pinPolicy?.cbor, !parameters.isEmpty { map[2] = .map(parameters) }
        map[3] = authorization.map { .int($0.pinUvAuthProtocol.rawValue) }
        map[4] = authorization.map { .bytes($0.param) }
        return map
    }

    package func response(_ members: CBORMap) {}
}

/// The parameters of setMinPINLength (CTAP 2.3 §6.11.4); the default values leave the key's policy unchanged.
public struct PINPolicyChange: Hashable, Sendable {
    /// In Unicode code points; only a reset lowers it.
    public var newMinPINLength: Int?
    /// The RP IDs that may read the minimum length. They replace the current list; an empty list leaves it unchanged.
    public var minPinLengthRPIDs: [String]
    /// The PIN must be changed before it can be used again.
    public var forceChangePin: Bool
    /// Turns on the key's own rules for PINs.
    public var pinComplexityPolicy: Bool

    public init(
        newMinPINLength: Int? = nil,
        minPinLengthRPIDs: [String] = [],
        forceChangePin: Bool = false,
        pinComplexityPolicy: Bool = false
    ) {
        self.newMinPINLength = newMinPINLength
        self.minPinLengthRPIDs = minPinLengthRPIDs
        self.forceChangePin = forceChangePin
        self.pinComplexityPolicy = pinComplexityPolicy
    }

    var cbor: CBORMap {
        var map = CBORMap()
        map[1] = newMinPINLength.map(CBORValue.int)
        if !minPinLengthRPIDs.isEmpty { map[2] = .array(minPinLengthRPIDs.map(CBORValue.text)) }
        if forceChangePin { map[3] = true }
        if pinComplexityPolicy { map[4] = true }
        return map
    }
}
