import ArgumentParser
import CTAP2
import WebAuthn

/// `fidoctl verify`
struct VerifyCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify the output of register or assert offline.",
        discussion: """
            Exit status 0 means that every check passed that WebAuthn or you require. The file does not contain the \
            request: without --challenge and --origin nothing is compared with it, and a replay of an old \
            response goes unnoticed.
            """
    )

    @Argument(help: "The output of register --json or assert --json; - for standard input.")
    var file: String

    @Option(help: ArgumentHelp("For a login: the output of register --json for its credential.", valueName: "file"))
    var credential: String?

    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("The relying party (default: the one that matches the origin).", valueName: "domain")
    )
    var rpId: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The challenge that was issued.", valueName: "base64url"),
        transform: Base64URLOption.parse
    )
    var challenge: [UInt8]?

    @Option(help: "The requesting page's origin.", transform: OriginOption.parse)
    var origin: Origin?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Raw CTAP: the client data hash of the request.", valueName: "base64"),
        transform: Base64URLOption.parseHash
    )
    var clientDataHash: [UInt8]?

    @Option(help: "With required, the key must have verified its user.")
    var userVerification = UserVerificationRequirement.preferred

    @Flag(help: "The attestation statement must be one that fidoctl can verify; for a login, that of its credential.")
    var requireAttestation = false

    @OptionGroup(title: "Trust in the model of key") var trust: TrustOptions

    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let trust = try await trust.read()
        let (report, attestationType) =
            switch try InputFile.readJSON(file, CredentialResponse.init(json:)) {
            case .registration(let response): try await verify(response, trust)
            case .authentication(let response): try await verify(response, trust)
            }
        try output.print(report, lines: report.lines)
        if let notice = Text.notAttested(attestationType) { Diagnostics.note(notice) }
        let known = clientDataHash != nil
        if let notice = Text.notCompared(challenge: known || challenge != nil, origin: known || origin != nil) {
            Diagnostics.note(notice)
        }
    }

    private func known(rpId: String?) -> KnownRequest {
        KnownRequest(
            challenge: challenge,
            origin: origin,
            rpId: rpId,
            clientDataHash: clientDataHash,
            requiresUserVerification: userVerification == .required
        )
    }

    private func verify(
        _ response: RegistrationResponse,
        _ trust: AttestationTrust?
    ) async throws(Failure) -> (VerificationReport, AttestationType?) {
        guard credential == nil else { throw Failure(.usage, .credentialForRegistration) }
        let expected = try known(rpId: rpId).pendingRequest(for: response)
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
        guard let credential else { throw Failure(.usage, .credentialNeeded) }
        let stored = try CredentialFile(
            file: credential,
            rpId: rpId,
            allowsBareHash: clientDataHash != nil,
            requiresAttestation: requireAttestation
        )
        let registration = try await stored.verdict(trust: trust, requiresAttestation: requireAttestation)
        let expected = try known(rpId: stored.rpId).pendingRequest(for: response)
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
