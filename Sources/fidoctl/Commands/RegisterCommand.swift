import ArgumentParser
import CTAP2
import Platform
import WebAuthn

/// `fidoctl register`
struct RegisterCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Make a credential.",
        discussion: """
            With --json this prints a RegistrationResponseJSON, which a WebAuthn server takes as it is, and which \
            `fidoctl assert --credential` and `fidoctl verify` read.
            """
    )

    @Option(name: .customLong("rp-id"), help: ArgumentHelp("The relying party: a domain.", valueName: "domain"))
    var rpId: String

    @Option(name: .customLong("rp-name"), help: "The relying party's name for people (default: the RP ID).")
    var rpName: String?

    @Option(help: "The account's name, such as alice@example.com (default: your login name).")
    var user: String?

    @Option(
        name: .customLong("user-id"),
        parsing: .unconditional,
        help: ArgumentHelp("The account's ID, 1 to 64 bytes (default: random).", valueName: "base64url"),
        transform: Base64URLOption.parse
    )
    var userID: [UInt8]?

    @Option(help: "The person's name (default: the account's name).")
    var displayName: String?

    @OptionGroup var source: SourceOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A credential ID that the key must not hold, or several with commas; may be repeated.",
            valueName: "id"
        ),
        transform: Base64URLOption.parseList
    )
    var exclude: [[UInt8]] = []

    @Flag(help: "Make a discoverable credential (a passkey).")
    var discoverable = false

    @Option(help: "Whether the key should verify its user.")
    var userVerification = UserVerificationRequirement.preferred

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Acceptable algorithms in order of preference (default: \(CreationOptions.defaultAlgorithms.map(\.description).joined(separator: " "))).",
            valueName: "name"
        ),
        transform: AlgorithmOption.parse
    )
    var algorithm: [COSEAlgorithm] = []

    @Option(help: "The attestation to request; none strips the key's statement.")
    var attestation = CreationOptions.Attestation.direct

    @OptionGroup var extensions: RegistrationExtensionOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: FormatOptions

    var reportsJSON: Bool { output.format == .json }

    func validate() throws {
        if let userID, !(1...64).contains(userID.count) { throw ValidationError("--user-id has 1 to 64 bytes.") }
        if extensions.largeBlob, !discoverable { throw ValidationError("--large-blob requires --discoverable.") }
        if output.format == .fido2Tools, attestation == .none {
            throw ValidationError("--format fido2-tools needs an attestation statement: leave out --attestation none.")
        }
    }

    func run() async throws {
        let caller = try source.caller(rpId: rpId)
        let options = try creationOptions()
        let run = try KeyRun(key, for: .register(rpId: rpId))
        let (registration, keyName) = try await run.perform { keys, limit throws(SecurityKeysError<CeremonyError>) in
            try await keys.register(options, for: caller, within: limit)
        }
        if let note = Text.attestationNote(registration) { Diagnostics.note(note) }
        let missing = extensions.notGranted(in: registration.response.clientExtensionResults)
        if !missing.isEmpty { Diagnostics.note(.notGranted(missing, keyName.name)) }
        switch output.format {
        case .json: try Output.json(registration.response)
        case .text: try Output.lines(RegistrationReport(registration, options: options, key: keyName).lines)
        case .fido2Tools:
            guard let lines = FIDO2ToolsFormat.lines(registration.response, rpId: rpId) else {
                throw Failure(.unsupported, .noAttestation(keyName.name)).on(device: keyName.path)
            }
            try Output.lines(lines)
        }
    }

    private func creationOptions() throws -> CreationOptions {
        let name = user ?? Environment.nonEmptyVariable("USER") ?? Environment.nonEmptyVariable("LOGNAME") ?? "user"
        var options = CreationOptions(
            challenge: source.challengeOrRandom(isForServer: output.format != .text),
            rp: PublicKeyCredentialRpEntity(id: rpId, name: rpName ?? rpId),
            user: PublicKeyCredentialUserEntity(
                id: userID ?? [UInt8].random(count: 32),
                name: name,
                displayName: displayName ?? name
            )
        )
        if !algorithm.isEmpty { options.algorithms = algorithm }
        options.excludeCredentials = exclude.map { PublicKeyCredentialDescriptor(id: $0) }
        options.residentKey = discoverable ? .required : .discouraged
        options.userVerification = userVerification
        options.attestation = attestation
        options.extensions = extensions.inputs
        return options
    }
}
