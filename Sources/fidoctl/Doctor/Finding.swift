import Interaction

/// The result of one of doctor's checks.
struct Finding: Sendable {
    /// What was checked; the names are those in `--json`.
    enum Check: String, Sendable, CaseIterable {
        case keys, kernel, wsl, container, sandbox, session, user, udevd, rules, portal, clock
        case node, access, power, holders, lock, answer, information, firmware, pin
        case builtInVerification = "built-in-verification"
        case credential
    }

    enum Verdict: String, Sendable {
        case ok, warning, problem
        case notApplicable = "not-applicable"
        case unknown
    }

    var check: Check
    var verdict: Verdict
    /// What was found.
    var evidence: Text
    /// Why a key cannot be used, or not fully.
    var reason: Reason?
    /// What to do about it.
    var step: Text?
    /// The same as commands for a shell.
    var commands: [String] = []
    /// The key, as `--device` takes it; `nil` for a check of the system.
    var device: String?

    static func ok(_ check: Check, _ evidence: Text) -> Finding {
        Finding(check: check, verdict: .ok, evidence: evidence)
    }

    static func notApplicable(_ check: Check, _ evidence: Text) -> Finding {
        Finding(check: check, verdict: .notApplicable, evidence: evidence)
    }

    static func unknown(_ check: Check, _ evidence: Text) -> Finding {
        Finding(check: check, verdict: .unknown, evidence: evidence)
    }

    /// The key can be used, but not for everything, or not everywhere.
    static func warning(
        _ check: Check,
        _ reason: Reason,
        _ evidence: Text,
        step: Text,
        commands: [String] = []
    ) -> Finding {
        Finding(
            check: check,
            verdict: .warning,
            evidence: evidence,
            reason: reason,
            step: step,
            commands: commands
        )
    }

    /// The key cannot be used.
    static func problem(
        _ check: Check,
        _ reason: Reason,
        _ evidence: Text,
        step: Text,
        commands: [String] = []
    ) -> Finding {
        var finding = warning(check, reason, evidence, step: step, commands: commands)
        finding.verdict = .problem
        return finding
    }

    var precedence: Int { reason?.precedence ?? .max }

    func on(_ device: String) -> Finding {
        var finding = self
        finding.device = device
        return finding
    }
}
