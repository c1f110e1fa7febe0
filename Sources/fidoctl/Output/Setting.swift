import CTAP2

/// A key's setting (CTAP 2.3 §6.11), by its name in `fidoctl config`.
enum Setting: String, CaseIterable, Sendable {
    case enterpriseAttestation = "enterprise-attestation"
    case alwaysUv = "always-uv"
    case minPINLength = "min-pin-length"
    case pinComplexity = "pin-complexity"
    case forcePINChange = "force-pin-change"
    case longTouchReset = "long-touch-reset"

    /// Whether the key supports changing it; `nil` if the key does not report that.
    func isOffered(by info: AuthenticatorInfo) -> Bool? {
        switch self {
        case .enterpriseAttestation: info.offers(.enableEnterpriseAttestation)
        case .alwaysUv: info.offers(.toggleAlwaysUv)
        case .minPINLength: info.offers(.setMinPINLength)
        case .pinComplexity: info.offers(.setMinPINLength) && info.pinComplexityPolicy != nil
        case .forcePINChange: info.offers(.setMinPINLength)
        case .longTouchReset:
            // Only the list of subcommands reports it, which keys from before CTAP 2.3 lack.
            info.authenticatorConfigCommands == nil && info.options.authnrCfg
                ? nil : info.offers(.enableLongTouchForReset)
        }
    }

    /// Whether it is on; `nil` if the key does not report that or the setting has another type.
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
