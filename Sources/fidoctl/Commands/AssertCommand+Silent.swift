import CTAP2
import CTAPHID
import Interaction
import WebAuthn

extension AssertCommand {
    /// `--silent`: asks every plugged-in key in turn.
    func reportHolders(_ options: RequestOptions, by deadline: Deadline) async throws {
        let run = try KeyRun(key, for: .use(command: "assert"), by: deadline)
        let request = GetAssertionRequest(
            rpId: options.rpId,
            clientDataHash: [UInt8](repeating: 0, count: 32),
            allowList: options.allowCredentials
        )
        let keys = try await run.onEachKey { key throws(SessionError) in
            try await key.session.knownCredential(for: request, key.operation)
        }
        let report = HolderReport(
            rpId: options.rpId,
            keys: keys.map { HolderReport.Key(name: $0.key, credentialID: $0.result.map { $0?.id }) }
        )
        guard report.hasHolder else { throw Failure(.noCredential, .noHolder(TerminalText.site(options.rpId))) }
        if output.format == .json { try Output.json(report) } else { try Output.lines(report.lines) }
    }
}
