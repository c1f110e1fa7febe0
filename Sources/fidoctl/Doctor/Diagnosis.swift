import CTAP2
import Interaction

/// All findings, and what they mean together.
struct Diagnosis: Sendable {
    let keys: [KeyName]
    let findings: [Finding]

    /// Examines the system, and each key in turn.
    init(of keys: [KeyDescription], _ checks: KeyChecks) async throws(Failure) {
        var findings: [Finding] = []
        // An embedded key needs nothing of the system.
        if keys.isEmpty || keys.contains(where: { $0.device != nil }) {
            findings = SystemChecks(surroundings: checks.surroundings).findings(keys)
        }
        for key in keys { findings += try await checks.findings(key) }
        self.init(keys: keys.map(KeyName.init), findings: findings)
    }

    init(keys: [KeyName], findings: [Finding]) {
        self.keys = keys
        self.findings = findings
    }

    /// The keys without a problem.
    var usableKeys: [KeyName] {
        keys.filter { key in !findings.contains { $0.device == key.path && $0.verdict == .problem } }
    }

    /// The most probable reason why a key does not work, or why it does not do everything.
    var first: Finding? {
        let problems = findings.filter { $0.verdict == .problem }
        let candidates = problems.isEmpty ? findings.filter { $0.verdict == .warning } : problems
        return candidates.min { $0.precedence < $1.precedence }
    }

    /// The exit status's meaning; `nil` if a key can be used.
    var failure: Failure? {
        guard usableKeys.isEmpty, let first, let reason = first.reason else { return nil }
        var failure = Failure(reason.code, first.evidence, hint: first.step)
        failure.device = first.device
        return failure
    }

    /// In one line: what is wrong, and what to do.
    var summary: Text {
        guard let usable = usableKeys.first else {
            return first.map { .problemSummary($0.evidence, $0.step) } ?? .noKey
        }
        guard let first, let step = first.step else { return .usableSummary(usable.name, usable.path) }
        return .usableSummary(usable.name, usable.path, but: first.evidence, step)
    }
}
