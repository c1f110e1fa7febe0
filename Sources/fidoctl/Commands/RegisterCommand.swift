import ArgumentParser
import CTAP2
import CTAPHID
import Interaction
import WebAuthn

/// `fidoctl register`
struct RegisterCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Make a credential.",
        discussion: """
            With --json this prints a RegistrationResponseJSON, which a WebAuthn server takes as it is, and which \
            `fidoctl assert --credential` and `fidoctl verify` read.

            Examples:
              fidoctl register --rp-id example.com --user alice --json > alice.json
              fidoctl register --rp-id example.com --user alice --discoverable
              fidoctl register --options request.json --origin https://example.com --json
            """
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var request: CreationFlags
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: FormatOptions

    var reportsJSON: Bool { output.format == .json }

    func validate() throws {
        try source.refuseBesideFile(request.given)
        guard request.rpId != nil || source.optionsFile != nil else {
            throw ValidationError(.give("--rp-id", "--options"))
        }
    }

    func run() async throws {
        let started = key.deadline
        let options = try creationOptions(by: started)
        guard output.format != .fido2Tools || options.attestation != .none else {
            throw Failure(.usage, .noStatementForFormat)
        }
        let deadline = key.access.timeout(suggested: options.timeout).map { Deadline(after: $0) } ?? started
        let related = try source.readRelatedOrigins(by: deadline)
        let caller = try source.caller(rpId: options.rp.id, relatedOrigins: related)
        try source.check { () throws(CeremonyError) in try options.check(for: caller) }
        let run = try KeyRun(key, for: .register(rpId: options.rp.id), by: deadline)
        let (registration, keyName) = try await run.perform { keys, limit throws(SecurityKeysError<CeremonyError>) in
            try await keys.register(options, for: caller, within: limit)
        }
        if let note = Text.attestationNote(registration) { Diagnostics.note(note) }
        let missing = request.extensions.notGranted(in: registration.response.clientExtensionResults)
        if !missing.isEmpty { Diagnostics.note(.notGranted(missing, keyName.name)) }
        try StandardStream.$outputDeadline.withValue(deadline) { try print(registration, options, keyName) }
    }

    private func creationOptions(by deadline: Deadline) throws -> CreationOptions {
        if let options = try source.siteOptions(by: deadline, CreationOptions.init(json:from:)) { return options }
        return request.options(
            rpId: request.rpId ?? "",
            challenge: source.challengeOrRandom(isForServer: output.format != .text)
        )
    }

    private func print(_ registration: Registration, _ options: CreationOptions, _ keyName: KeyName) throws {
        switch output.format {
        case .json: try Output.json(registration.response)
        case .text: try Output.lines(RegistrationReport(registration, options: options, key: keyName).lines)
        case .fido2Tools:
            guard let lines = FIDO2ToolsFormat.lines(registration.response, rpId: options.rp.id) else {
                throw Failure(.unsupported, .noAttestation(keyName.name)).on(device: keyName.path)
            }
            try Output.lines(lines)
        }
    }
}
