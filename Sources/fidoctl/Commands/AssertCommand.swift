import ArgumentParser
import CTAP2
import CTAPHID
import Interaction
import WebAuthn

/// `fidoctl assert`
struct AssertCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "assert",
        abstract: "Log in: get an assertion.",
        discussion: """
            With --credential the response is verified too, and exit status 0 means that the login is valid. With --json \
            this prints an AuthenticationResponseJSON, which a WebAuthn server takes as it is.

            Examples:
              fidoctl assert --credential alice.json
              fidoctl assert --rp-id example.com
              fidoctl assert --options request.json --origin https://example.com --json
            """
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var request: RequestFlags

    @Option(
        help: ArgumentHelp(
            "Which account to log in with, if the key has several: its name, or its ID in base64url.",
            discussion: "Without this a terminal shows a list to choose from; elsewhere the newest account is used.",
            valueName: "name"
        )
    )
    var account: String?

    @Flag(
        help: ArgumentHelp(
            "Only report which of the plugged-in keys holds one of the credentials, without a touch or a PIN.",
            discussion: "Credentials that require user verification are not found."
        )
    )
    var silent = false

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: FormatOptions

    var reportsJSON: Bool { output.format == .json }

    func validate() throws {
        try source.refuseBesideFile(request.given)
        guard request.rpId != nil || !request.credential.isEmpty || source.optionsFile != nil else {
            throw ValidationError(.give("--rp-id", "--credential", "--options"))
        }
        if silent, output.format == .fido2Tools {
            throw ValidationError(.silentWithoutAssertion)
        }
        if request.extensions.asksForSecrets, silent || output.format == .fido2Tools {
            throw ValidationError(.secretsAsText)
        }
    }

    func run() async throws {
        let started = key.deadline
        let related = try source.readRelatedOrigins(by: started)
        let stored = try storedCredentials(related, by: started)
        let options = try requestOptions(stored, by: started)
        let deadline = key.access.timeout(suggested: options.timeout).map { Deadline(after: $0) } ?? started
        guard !silent else { return try await reportHolders(options, by: deadline) }
        let caller = try source.caller(rpId: options.rpId, relatedOrigins: related)
        try source.check { () throws(CeremonyError) in try options.check(for: caller) }
        let run = try KeyRun(key, for: .logIn(rpId: options.rpId), by: deadline)
        let (authentications, keyName) = try await run.perform { keys, limit throws(SecurityKeysError<CeremonyError>) in
            try await keys.authenticate(
                options,
                for: caller,
                within: limit,
                waitsForAnotherKey: run.waitsForAnotherKey
            )
        }
        let choice = AccountChoice(rpId: options.rpId, wanted: account, mayAsk: !key.noInput, events: key.events)
        let authentication = try await choice.choose(from: authentications, by: deadline)
        let expected = options.pendingRequest(from: caller)
        let isVerified = try verify(authentication.response, expected, stored)
        try StandardStream.$outputDeadline.withValue(deadline) {
            try print(authentication, options, keyName, isVerified: isVerified)
        }
    }

    private func storedCredentials(_ related: RelatedOrigins?, by deadline: Deadline) throws -> [CredentialFile] {
        let known = KnownRequest(
            crossOrigin: source.isInFrame ? .allowed() : .refused,
            rpId: request.rpId,
            relatedOrigins: related
        )
        let stored = try request.credential.map {
            try CredentialFile(
                file: $0,
                known: known,
                allowsBareHash: source.clientDataHash != nil,
                by: deadline
            )
        }
        for credential in stored {
            if let notice = Text.notAttested(credential.verdict.attestationType) { Diagnostics.note(notice) }
        }
        return stored
    }

    private func requestOptions(_ stored: [CredentialFile], by deadline: Deadline) throws -> RequestOptions {
        if let options = try source.siteOptions(by: deadline, RequestOptions.init(json:from:)) { return options }
        return try request.options(
            stored: stored,
            challenge: source.challengeOrRandom(isForServer: output.format != .text && !silent)
        )
    }

    /// Whether a credential was given to verify the login with.
    private func verify(
        _ response: AuthenticationResponse,
        _ expected: PendingRequest,
        _ stored: [CredentialFile]
    ) throws -> Bool {
        guard !stored.isEmpty else { return false }
        guard let credential = stored.first(where: { $0.record.id == response.id }) else {
            throw Failure.notVerified(.credentialID)
        }
        let verdict = response.verdict(expected, credential: credential.record)
        if let failure = Failure.notVerified(verdict) { throw failure }
        return true
    }

    private func print(
        _ authentication: Authentication,
        _ options: RequestOptions,
        _ keyName: KeyName,
        isVerified: Bool
    ) throws {
        switch output.format {
        case .json:
            try Output.json(authentication.response)
        case .text where request.extensions.asksForSecrets:
            guard let secrets = request.extensions.secrets(in: authentication.response.clientExtensionResults) else {
                throw Failure(.unsupported, .noSecret(keyName.name), hint: .noSecretHint).on(device: keyName.path)
            }
            try Output.lines(secrets)
        case .text:
            let report = AuthenticationReport(
                authentication,
                rpId: options.rpId,
                key: keyName,
                isVerified: isVerified
            )
            try Output.lines(report.lines)
        case .fido2Tools:
            let namesUser = options.allowCredentials.isEmpty
            try Output.lines(
                FIDO2ToolsFormat.lines(authentication.response, rpId: options.rpId, namesUser: namesUser)
            )
        }
    }
}
