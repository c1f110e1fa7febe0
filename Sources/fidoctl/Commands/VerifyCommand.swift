import ArgumentParser
import CTAP2
import WebAuthn

/// `fidoctl verify`
struct VerifyCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check what register or assert printed, offline.",
        discussion: """
            What the request was is not in the file: without --challenge and --origin the file's own are taken, and a \
            replay of an old response goes unnoticed.
            """
    )

    @Argument(help: "What register --json or assert --json printed; - for standard input.")
    var file: String

    @Option(help: ArgumentHelp("For a login: what register --json printed for its credential.", valueName: "file"))
    var credential: String?

    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("The relying party (default: the one that fits the origin).", valueName: "domain")
    )
    var rpID: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The challenge that was given out.", valueName: "base64url"),
        transform: Base64URLOption.parse
    )
    var challenge: [UInt8]?

    @Option(help: "The page that asked.", transform: OriginOption.parse)
    var origin: Origin?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Raw CTAP: the hash that was to be signed.", valueName: "base64"),
        transform: Base64URLOption.parseHash
    )
    var clientDataHash: [UInt8]?

    @Option(help: "With required, the key must have verified who its user is.")
    var userVerification = UserVerificationRequirement.preferred

    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let report: VerificationReport
        switch try InputFile.readResponse(file, CredentialResponse.init(json:)) {
        case .registration(let response): report = try verify(response)
        case .authentication(let response): report = try verify(response)
        }
        try output.print(report, lines: report.lines)
        let known = clientDataHash != nil
        if let notice = Text.notCompared(challenge: known || challenge != nil, origin: known || origin != nil) {
            Diagnostics.note(notice)
        }
    }

    private func known(rpID: String?) -> KnownRequest {
        KnownRequest(
            challenge: challenge,
            origin: origin,
            rpID: rpID,
            clientDataHash: clientDataHash,
            requiresUserVerification: userVerification == .required
        )
    }

    private func verify(_ response: RegistrationResponse) throws -> VerificationReport {
        guard credential == nil else { throw Failure(.usage, .credentialForRegistration) }
        let expected = try known(rpID: rpID).pendingRequest(for: response)
        do throws(VerificationError) {
            return VerificationReport(try response.verify(expected), rpID: expected.rpID)
        } catch {
            throw Failure.notVerified(error).inFile(file)
        }
    }

    private func verify(_ response: AuthenticationResponse) throws -> VerificationReport {
        guard let credential else { throw Failure(.usage, .credentialNeeded) }
        let stored = try StoredCredential(file: credential, rpID: rpID)
        let expected = try known(rpID: stored.rpID).pendingRequest(for: response)
        do throws(VerificationError) {
            let record = try response.verify(expected, credential: stored.record)
            return VerificationReport(record, rpID: expected.rpID)
        } catch {
            throw Failure.notVerified(error).inFile(file)
        }
    }
}
