import ArgumentParser
import CTAP2
import Interaction
import WebAuthn

/// `fidoctl verify`
struct VerifyCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify the output of register or assert offline.",
        discussion: """
            Exit status 0 means that every check passed that WebAuthn or you require. The file does not contain the \
            request: without --options (or --challenge) and --origin nothing is compared with it, and a replay of \
            an old response goes unnoticed.

            Examples:
              fidoctl verify alice.json --options creation.json
              fidoctl verify login.json --options request.json --credential alice.json
            """
    )

    @Argument(help: "The output of register --json or assert --json; - for standard input.", completion: .file())
    var file: String

    @OptionGroup var stored: StoredCredentialOptions
    @OptionGroup var request: SentRequestOptions

    @Flag(help: "The attestation statement must be one that fidoctl can verify; for a login, that of its credential.")
    var requireAttestation = false

    @OptionGroup(title: "Trust in the model of key") var trust: TrustOptions

    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func validate() throws {
        let files = [file, stored.credential, stored.publicKey, request.options] + trust.files
        guard files.count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError(.oneStandardInput)
        }
        if requireAttestation, stored.publicKey != nil {
            throw ValidationError(.attestationNeedsCredential)
        }
        if !trust.isEmpty, stored.publicKey != nil {
            throw ValidationError(.trustNeedsCredential)
        }
    }

    func run() async throws {
        let trust = try await trust.read()
        let (report, attestationType) =
            switch try InputFile.readJSON(file, CredentialResponse.init(json:)) {
            case .registration(let response): try await verify(response, trust)
            case .authentication(let response): try await verify(response, trust)
            }
        try output.print(report, lines: report.lines)
        if let notice = Text.notAttested(attestationType) { Diagnostics.note(notice) }
        let known = request.clientDataHash != nil
        let notice = Text.notCompared(
            challenge: known || request.challenge != nil || request.options != nil,
            origin: known || !request.origin.isEmpty
        )
        if let notice { Diagnostics.note(notice) }
    }

    private func verify(
        _ response: RegistrationResponse,
        _ trust: AttestationTrust?
    ) async throws(Failure) -> (VerificationReport, AttestationType?) {
        guard stored.isEmpty else { throw Failure(.usage, .credentialForRegistration) }
        let expected = try request.pendingRequest(for: response)
        let verdict =
            if let trust {
                await response.verdict(expected, requiresAttestation: requireAttestation, trust: trust)
            } else {
                response.verdict(expected, requiresAttestation: requireAttestation)
            }
        if let failure = Failure.notVerified(verdict) { throw failure.inFile(file) }
        return (try report(.registration, verdict, rpId: expected.rpId), verdict.attestationType)
    }

    private func verify(
        _ response: AuthenticationResponse,
        _ trust: AttestationTrust?
    ) async throws(Failure) -> (VerificationReport, AttestationType?) {
        if let credential = stored.credential {
            return try await verify(response, registration: credential, trust)
        }
        guard let publicKey = stored.publicKey else { throw Failure(.usage, .credentialNeeded) }
        let key = try PublicKeyFile.read(publicKey, algorithm: stored.algorithm)
        let expected = try request.pendingRequest(for: response, request.login())
        let verdict = response.verdict(expected, publicKey: key, id: stored.credentialId, signCount: stored.signCount)
        if let failure = Failure.notVerified(verdict) { throw failure.inFile(file) }
        return (try report(.authentication, verdict, rpId: expected.rpId), nil)
    }

    private func verify(
        _ response: AuthenticationResponse,
        registration: String,
        _ trust: AttestationTrust?
    ) async throws(Failure) -> (VerificationReport, AttestationType?) {
        let sent = try request.login()
        let stored = try CredentialFile(
            file: registration,
            known: KnownRequest(
                crossOrigin: request.allowsFrame ? .allowed() : .refused,
                rpId: sent?.rpId ?? request.rpId
            ),
            allowsBareHash: request.clientDataHash != nil,
            requiresAttestation: requireAttestation
        )
        let registration = try await stored.verdict(trust: trust, requiresAttestation: requireAttestation)
        let expected = try request.pendingRequest(for: response, sent, rpId: stored.rpId)
        let verdict = response.verdict(expected, credential: stored.record)
        if let failure = Failure.notVerified(verdict) { throw failure.inFile(file) }
        let report = try report(.authentication, verdict, rpId: expected.rpId, registration: registration)
        return (report, stored.verdict.attestationType)
    }

    private func report(
        _ kind: VerificationReport.Kind,
        _ verdict: Verdict,
        rpId: String,
        registration: Verdict? = nil
    ) throws(Failure) -> VerificationReport {
        guard let report = VerificationReport(kind, verdict, rpId: rpId, registration: registration) else {
            throw Failure.notVerified(.credentialID).inFile(file)
        }
        return report
    }
}
