import CTAP2

/// A setting of keys (CTAP 2.3 §6.11), by the name that `fidoctl config` has for it.
enum Setting: String, CaseIterable, Sendable {
    case enterpriseAttestation = "enterprise-attestation"
    case alwaysUv = "always-uv"
    case minPINLength = "min-pin-length"
    case pinComplexity = "pin-complexity"
    case forcePINChange = "force-pin-change"
    case longTouchReset = "long-touch-reset"

    /// Whether the key offers to change it; `nil` where it does not say.
    func isOffered(by info: AuthenticatorInfo) -> Bool? {
        switch self {
        case .enterpriseAttestation: info.offers(.enableEnterpriseAttestation)
        case .alwaysUv: info.offers(.toggleAlwaysUv)
        case .minPINLength: info.offers(.setMinPINLength)
        case .pinComplexity: info.offers(.setMinPINLength) && info.pinComplexityPolicy != nil
        case .forcePINChange: info.offers(.setMinPINLength)
        case .longTouchReset:
            // Only the list of commands says so; keys from before CTAP 2.3 have none.
            info.authenticatorConfigCommands == nil && info.options.authnrCfg
                ? nil : info.offers(.enableLongTouchForReset)
        }
    }

    /// How it is set; `nil` where the key does not say, and for what is not on or off.
    func isOn(_ info: AuthenticatorInfo) -> Bool? {
        switch self {
        case .enterpriseAttestation: info.options.ep
        case .alwaysUv: info.options.alwaysUv
        case .minPINLength: nil
        case .pinComplexity: info.pinComplexityPolicy
        case .forcePINChange: info.forcePINChange
        case .longTouchReset: info.longTouchForReset
        }
    }
}
