import ArgumentParser
import CTAP2
import CTAPHID
import Interaction

/// `fidoctl doctor`
struct DoctorCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Find out why a key does not work.",
        discussion: """
            The first line is the most probable reason and what to do. Needs no touch and no PIN, and changes nothing. \
            Exit status 0 means that a key can be used.

            Examples:
              fidoctl doctor
              fidoctl doctor --rp-id example.com
              fidoctl doctor --fix
            """
    )

    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("Also check whether a key has a credential for this site.", valueName: "domain")
    )
    var rpId: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "With --rp-id: a credential that may log in there, in base64url; may be repeated.",
            valueName: "id"
        ),
        transform: Base64URLOption.parse
    )
    var credential: [[UInt8]] = []

    @Flag(help: "Print the commands that solve what was found, instead of the report; runs none of them.")
    var fix = false

    @OptionGroup var access: KeyAccessOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }
    var timeLimit: Duration? { access.timeout }

    func validate() throws {
        if rpId == nil, !credential.isEmpty { throw ValidationError(.credentialNeedsRpId) }
        if fix, output.json { throw ValidationError(.fixWithJSON) }
    }

    func run() async throws {
        let diagnosis = try await diagnosis(in: .current, by: Deadline(after: access.timeout))
        let report = DoctorReport(diagnosis: diagnosis)
        if fix { try Output.lines(report.commands) } else { try output.print(report, lines: report.lines) }
        if let failure = diagnosis.failure { throw ReportedFailure(code: failure.code) }
    }

    private func diagnosis(in surroundings: Surroundings, by deadline: Deadline) async throws(Failure) -> Diagnosis {
        let source = try access.selector.source(trace: access.openTrace(), by: deadline)
        let probe = KeyProbe(
            source: source,
            deadline: deadline,
            sought: rpId.map { SoughtCredential(rpId: $0, ids: credential) }
        )
        let checks = KeyChecks(surroundings: surroundings, probe: probe)
        return try await Diagnosis(of: probe.keys(), checks)
    }
}
