import ArgumentParser
import CTAP2
import WebAuthn

/// `fidoctl signal`
struct SignalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signal",
        abstract: "Apply a site's signal about its credentials to a key.",
        discussion: "A signal is the JSON that a site passes to WebAuthn's signal methods.",
        subcommands: [SignalUnknownCommand.self, SignalAcceptedCommand.self, SignalDetailsCommand.self]
    )
}

/// `fidoctl signal unknown`
struct SignalUnknownCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "unknown",
        abstract: "Delete a credential that its site does not know.",
        discussion: "Shows the credential and asks for confirmation."
    )

    @Argument(help: "UnknownCredentialOptions as JSON: rpId, credentialId; - for standard input.")
    var file: String

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let deadline = key.deadline
        let signal = try InputFile.readJSON(file, by: deadline, UnknownCredentialOptions.init(json:))
        let run = try KeyRun(key, for: .use(command: "signal unknown"), by: deadline)
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let stale = StaleCredentials(rpId: signal.rpId, isStale: signal.isStale)
        let report = try await stale.delete(run, consent)
        try output.print(report, lines: report.lines)
    }
}

/// `fidoctl signal accepted`
struct SignalAcceptedCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "accepted",
        abstract: "Delete the credentials of an account that its site no longer accepts.",
        discussion: "Shows the credentials and asks for confirmation. Those of other accounts and sites stay."
    )

    @Argument(
        help: "AllAcceptedCredentialsOptions as JSON: rpId, userId, allAcceptedCredentialIds; - for standard input."
    )
    var file: String

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let deadline = key.deadline
        let signal = try InputFile.readJSON(file, by: deadline, AllAcceptedCredentialsOptions.init(json:))
        let run = try KeyRun(key, for: .use(command: "signal accepted"), by: deadline)
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let stale = StaleCredentials(rpId: signal.rpId, isStale: signal.isStale)
        let report = try await stale.delete(run, consent)
        try output.print(report, lines: report.lines)
    }
}

/// `fidoctl signal details`
struct SignalDetailsCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "details",
        abstract: "Change the names of an account to those that its site has now.",
        discussion: "Shows the credentials and asks for confirmation."
    )

    @Argument(help: "CurrentUserDetailsOptions as JSON: rpId, userId, name, displayName; - for standard input.")
    var file: String

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let deadline = key.deadline
        let signal = try InputFile.readJSON(file, by: deadline, CurrentUserDetailsOptions.init(json:))
        let run = try KeyRun(key, for: .use(command: "signal details"), by: deadline)
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let stale = StaleCredentials(rpId: signal.rpId, isStale: signal.isStale)
        let report = try await stale.rename(to: signal.user, run, consent)
        try output.print(report, lines: report.lines)
    }
}
