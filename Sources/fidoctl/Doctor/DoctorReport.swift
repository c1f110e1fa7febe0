import Interaction

/// The output of `doctor`.
struct DoctorReport {
    let diagnosis: Diagnosis

    /// For people: the reason first, then every check.
    var lines: [String] {
        [diagnosis.summary.localized] + section(Text.systemHeading.localized, of: nil)
            + diagnosis.keys.flatMap { section("\($0.name)  \($0.path)", of: $0.path) }
    }

    /// The checks of one key or, with `nil`, of the system.
    private func section(_ heading: String, of device: String?) -> [String] {
        let findings = diagnosis.findings.filter { $0.device == device }
        guard !findings.isEmpty else { return [] }
        let cells = findings.map { finding in
            [
                "  " + Text.verdict(finding.verdict).localized, Text.label(finding.check).localized,
                finding.evidence.localized,
            ]
        }
        let lines = zip(Columns.lines(cells), findings).flatMap { line, finding in
            [line] + (finding.step.map { ["    -> " + $0.localized] } ?? [])
        }
        return ["", heading] + lines
    }

    /// For `--fix`: the commands, each after a comment that says why.
    var commands: [String] {
        let findings = diagnosis.findings.filter { $0.step != nil }
            .sorted { $0.precedence < $1.precedence }
        guard !findings.isEmpty else { return ["# " + diagnosis.summary.localized] }
        var given: Set<[String]> = []
        return findings.flatMap { finding in
            ["# " + finding.evidence.localized] + (finding.step.map { ["# -> " + $0.localized] } ?? [])
                // Two keys may lack the same rule.
                + (given.insert(finding.commands).inserted ? finding.commands : [])
        }
    }
}

extension DoctorReport: Encodable {
    private enum Members: CodingKey {
        case summary, reason, keys, checks
    }

    /// Every member is present, null if it does not apply; beside them stands `error` if no key can be used.
    func encode(to encoder: any Encoder) throws {
        if let failure = diagnosis.failure {
            try FailureReport(failure: failure, command: "doctor").encode(to: encoder)
        }
        let usable = Set(diagnosis.usableKeys.map(\.path))
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(diagnosis.summary.localized, forKey: .summary)
        try members.encode(diagnosis.first?.reason?.rawValue, forKey: .reason)
        try members.encode(
            diagnosis.keys.map { ExaminedKey(device: $0.path, name: $0.name, usable: usable.contains($0.path)) },
            forKey: .keys
        )
        try members.encode(diagnosis.findings.map(FindingReport.init), forKey: .checks)
    }
}

private struct ExaminedKey: Encodable {
    var device: String
    var name: String
    var usable: Bool
}

/// One finding in JSON.
private struct FindingReport: Encodable {
    let finding: Finding

    private enum Members: CodingKey {
        case check, device, verdict, reason, evidence, step, commands
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(finding.check.rawValue, forKey: .check)
        try members.encode(finding.device, forKey: .device)
        try members.encode(finding.verdict.rawValue, forKey: .verdict)
        try members.encode(finding.reason?.rawValue, forKey: .reason)
        try members.encode(finding.evidence.localized, forKey: .evidence)
        try members.encode(finding.step?.localized, forKey: .step)
        try members.encode(finding.commands, forKey: .commands)
    }
}
