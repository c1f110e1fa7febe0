import Interaction

extension Finding {
    /// Why a key does not work, or not for everything. docs/doctor.md explains each; the names are those in `--json`.
    ///
    /// In the order in which they are named if there are several: what prevents more comes first.
    enum Reason: String, Sendable, CaseIterable {
        case wsl, snap
        case noHidraw = "no-hidraw"
        case noInterface = "no-fido-interface"
        case noKey = "no-key"
        case flatpak, container
        case noNode = "no-node"
        case noRule = "no-rule"
        case ruleNotInEffect = "rule-not-in-effect"
        case notAtSeat = "not-at-seat"
        case groupNotInEffect = "group-not-in-effect"
        case securityModule = "security-module"
        case inUse = "in-use"
        case silent
        case brokenAnswer = "broken-answer"
        case failed
        case pinBlocked = "pin-blocked"
        case pinNeedsReplug = "pin-needs-replug"
        case noCredential = "no-credential"
        case u2fOnly = "u2f-only"
        case pinNotSet = "pin-not-set"
        case pinChange = "pin-change"
        case verificationBlocked = "verification-blocked"
        case openElsewhere = "open-elsewhere"
        case powerSaving = "power-saving"
        case oddAnswer = "odd-answer"
        case firmware, clock

        /// What the exit status says if this is why no key can be used.
        var code: FailureCode {
            switch self {
            case .wsl, .noHidraw, .noInterface, .noKey: .noKey
            case .snap, .flatpak, .container, .noNode, .noRule, .ruleNotInEffect, .notAtSeat, .groupNotInEffect,
                .securityModule:
                .noPermission
            case .inUse, .openElsewhere: .timedOut
            case .silent, .failed, .powerSaving: .io
            case .brokenAnswer, .oddAnswer, .firmware: .protocol
            case .pinBlocked, .pinNeedsReplug: .pinBlocked
            case .noCredential: .noCredential
            case .u2fOnly: .unsupported
            case .pinNotSet: .pinRequired
            case .pinChange: .pinPolicy
            case .verificationBlocked: .uvFailed
            case .clock: .internal
            }
        }

        var precedence: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
    }
}
