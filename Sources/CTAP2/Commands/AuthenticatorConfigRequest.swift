/// What an authenticatorConfig command sets (CTAP 2.3 §6.11).
public enum AuthenticatorConfigSubCommand: UInt8, Hashable, Sendable, CaseIterable {
    case enableEnterpriseAttestation = 1
    case toggleAlwaysUv = 2
    case setMinPINLength = 3
    case enableLongTouchForReset = 4
}

/// Changes a setting of the key (CTAP 2.3 §6.11).
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

/// What is to change about the PINs that a key accepts (CTAP 2.3 §6.11.4); what is left out stays as it is.
public struct PINPolicyChange: Hashable, Sendable {
    /// In Unicode code points; a key never lowers it except by a reset.
    public var newMinPINLength: Int?
    /// The relying parties that may read the minimum, in place of those that might so far; empty leaves them.
    public var minPinLengthRPIDs: [String]
    /// The PIN must be changed before it authorizes anything else.
    public var forceChangePin: Bool
    /// The key enforces its policy for PINs from now on.
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
