import ArgumentParser
import CTAP2
import WebAuthn

/// `fidoctl assert`
struct AssertCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "assert",
        abstract: "Log in: get an assertion.",
        discussion: """
            With --credential the answer is verified too, and exit status 0 means that the login is good. With --json \
            this prints an AuthenticationResponseJSON, which a WebAuthn server takes as it is.
            """
    )

    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("The relying party: a domain (default: that of --credential).", valueName: "domain")
    )
    var rpID: String?

    @OptionGroup var source: SourceOptions

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A credential ID that may log in; may be repeated (default: any discoverable credential).",
            valueName: "id"
        ),
        transform: Base64URLOption.parse
    )
    var allow: [[UInt8]] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What register --json printed: who may log in, verified by it.", valueName: "file")
    )
    var credential: [String] = []

    @Option(
        help: ArgumentHelp(
            "Which account to log in with, where the key holds several: its name, or its ID in base64url.",
            discussion: "Without this a terminal shows a list to choose from; elsewhere the newest account is used.",
            valueName: "name"
        )
    )
    var account: String?

    @Option(help: "Whether the key is to verify who its user is.")
    var userVerification = UserVerificationRequirement.preferred

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: FormatOptions

    var reportsJSON: Bool { output.format == .json }
    var events: EventLog? { key.events }

    func validate() throws {
        if rpID == nil, credential.isEmpty { throw ValidationError("Give --rp-id or --credential.") }
        if !allow.isEmpty, !credential.isEmpty {
            throw ValidationError("--allow and --credential contradict each other.")
        }
    }

    func run() async throws {
        let stored = try credential.map {
            try StoredCredential(file: $0, rpID: rpID, allowsBareHash: source.clientDataHash != nil)
        }
        for credential in stored {
            if let notice = Text.notAttested(credential.verdict.attestationType) { Notice.tell(notice) }
        }
        let options = try requestOptions(stored)
        let (authentications, key) = try await key.withKey(for: .logIn(rpID: options.rpID)) { key in
            let client = WebAuthnClient(key.session, interaction: key.user)
            return (try await client.authenticate(options, by: key.deadline, onKeepalive: key.onKeepalive), key)
        }
        let choice = AccountChoice(rpID: options.rpID, wanted: account, mayAsk: !self.key.noInput)
        let authentication = try await choice.choose(from: authentications, by: key.deadline)
        let isVerified = try verify(authentication.response, options: options, stored: stored)
        switch output.format {
        case .json:
            try Output.json(authentication.response)
        case .text:
            let report = AuthenticationReport(
                authentication,
                rpID: options.rpID,
                key: key.name,
                isVerified: isVerified
            )
            try Output.lines(report.lines)
        case .fido2Tools:
            let namesUser = options.allowCredentials.isEmpty
            try Output.lines(
                FIDO2ToolsFormat.lines(authentication.response, rpID: options.rpID, namesUser: namesUser)
            )
        }
    }

    private func requestOptions(_ stored: [StoredCredential]) throws -> RequestOptions {
        let rpID = try self.rpID(of: stored)
        let allowed = allow + stored.map { $0.record.id }
        return RequestOptions(
            source: try source.source(rpID: rpID),
            rpID: rpID,
            allowCredentials: allowed.map { PublicKeyCredentialDescriptor(id: $0) },
            userVerification: userVerification
        )
    }

    private func rpID(of stored: [StoredCredential]) throws -> String {
        let rpIDs = Set(stored.map(\.rpID))
        guard rpIDs.count <= 1 else { throw Failure(.usage, .severalRPIDs(rpIDs.sorted())) }
        guard let rpID = rpIDs.first ?? self.rpID else { throw Failure(.usage, .rpIDUnknown, hint: .rpIDUnknownHint) }
        return rpID
    }

    /// Whether there was something to verify the login with.
    private func verify(
        _ response: AuthenticationResponse,
        options: RequestOptions,
        stored: [StoredCredential]
    ) throws -> Bool {
        guard !stored.isEmpty else { return false }
        guard let credential = stored.first(where: { $0.record.id == response.id }) else {
            throw Failure.notVerified(.credentialID)
        }
        let verdict = response.verdict(options.pendingRequest, credential: credential.record)
        if let failure = Failure.notVerified(verdict) { throw failure }
        return true
    }
}
