import ArgumentParser
import CTAP2
import CTAPHID
import WebAuthn

/// `fidoctl assert`
struct AssertCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "assert",
        abstract: "Log in: get an assertion.",
        discussion: """
            With --credential the response is verified too, and exit status 0 means that the login is valid. With --json \
            this prints an AuthenticationResponseJSON, which a WebAuthn server takes as it is.
            """
    )

    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("The relying party: a domain (default: that of --credential).", valueName: "domain")
    )
    var rpId: String?

    @OptionGroup var source: SourceOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A credential ID that may log in, or several with commas; may be repeated (default: any discoverable credential).",
            valueName: "id"
        ),
        transform: Base64URLOption.parseList
    )
    var allow: [[UInt8]] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The output of register --json: a credential that may log in, and verifies the login.",
            valueName: "file"
        )
    )
    var credential: [String] = []

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

    @Option(help: "Whether the key should verify its user.")
    var userVerification = UserVerificationRequirement.preferred

    @OptionGroup var extensions: AuthenticationExtensionOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: FormatOptions

    var reportsJSON: Bool { output.format == .json }

    func validate() throws {
        if rpId == nil, credential.isEmpty { throw ValidationError("Give --rp-id or --credential.") }
        if !allow.isEmpty, !credential.isEmpty {
            throw ValidationError("--allow and --credential contradict each other.")
        }
        if silent, output.format == .fido2Tools {
            throw ValidationError("--silent makes no assertion to print in the format of fido2-tools.")
        }
        if extensions.asksForSecrets, silent || output.format == .fido2Tools {
            throw ValidationError("--prf and --hmac-secret print secrets, as text or JSON.")
        }
    }

    func run() async throws {
        let deadline = key.deadline
        let stored = try credential.map {
            try CredentialFile(
                file: $0,
                rpId: rpId,
                allowsBareHash: source.clientDataHash != nil,
                by: deadline
            )
        }
        for credential in stored {
            if let notice = Text.notAttested(credential.verdict.attestationType) { Diagnostics.note(notice) }
        }
        let options = try requestOptions(stored)
        guard !silent else { return try await reportHolders(options, by: deadline) }
        let caller = try source.caller(rpId: options.rpId)
        let run = try KeyRun(key, for: .logIn(rpId: options.rpId), by: deadline)
        let (authentications, keyName) = try await run.perform { keys, limit throws(SecurityKeysError<CeremonyError>) in
            try await keys.authenticate(
                options,
                for: caller,
                within: limit,
                waitsForAnotherKey: run.waitsForAnotherKey
            )
        }
        let choice = AccountChoice(rpId: options.rpId, wanted: account, mayAsk: !key.noInput)
        let authentication = try await choice.choose(from: authentications, by: run.deadline)
        let expected = options.pendingRequest(from: caller)
        let isVerified = try verify(authentication.response, expected, stored)
        switch output.format {
        case .json:
            try Output.json(authentication.response)
        case .text where extensions.asksForSecrets:
            guard let secrets = extensions.secrets(in: authentication.response.clientExtensionResults) else {
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

    /// Asks every plugged-in key in turn.
    private func reportHolders(_ options: RequestOptions, by deadline: Deadline) async throws {
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

    private func requestOptions(_ stored: [CredentialFile]) throws -> RequestOptions {
        let rpId = try self.rpId(of: stored)
        let allowed = allow + stored.map { $0.record.id }
        var options = RequestOptions(
            challenge: source.challengeOrRandom(isForServer: output.format != .text),
            rpId: rpId,
            allowCredentials: allowed.map { PublicKeyCredentialDescriptor(id: $0) },
            userVerification: userVerification
        )
        options.extensions = extensions.inputs
        return options
    }

    private func rpId(of stored: [CredentialFile]) throws -> String {
        let rpIds = Set(stored.map(\.rpId))
        guard rpIds.count <= 1 else { throw Failure(.usage, .severalRPIDs(rpIds.sorted())) }
        guard let rpId = rpIds.first ?? self.rpId else { throw Failure(.usage, .rpIdUnknown, hint: .rpIdUnknownHint) }
        return rpId
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
}
