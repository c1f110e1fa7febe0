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
struct SignalUnknownCommand: AppliedSignal {
    static let configuration = CommandConfiguration(
        commandName: "unknown",
        abstract: "Delete a credential that its site does not know.",
        discussion: "Shows the credential and asks for confirmation."
    )

    @Argument(help: "UnknownCredentialOptions as JSON: rpId, credentialId; - for standard input.", completion: .file())
    var file: String

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func staleCredentials(_ json: [UInt8]) throws(JSONError) -> StaleCredentials {
        let signal = try UnknownCredentialOptions(json: json)
        return StaleCredentials(rpId: signal.rpId, change: .delete, isStale: signal.isStale)
    }
}

/// `fidoctl signal accepted`
struct SignalAcceptedCommand: AppliedSignal {
    static let configuration = CommandConfiguration(
        commandName: "accepted",
        abstract: "Delete the credentials of an account that its site no longer accepts.",
        discussion: "Shows the credentials and asks for confirmation. Those of other accounts and sites stay."
    )

    @Argument(
        help: "AllAcceptedCredentialsOptions as JSON: rpId, userId, allAcceptedCredentialIds; - for standard input.",
        completion: .file()
    )
    var file: String

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func staleCredentials(_ json: [UInt8]) throws(JSONError) -> StaleCredentials {
        let signal = try AllAcceptedCredentialsOptions(json: json)
        return StaleCredentials(rpId: signal.rpId, change: .delete, isStale: signal.isStale)
    }
}

/// `fidoctl signal details`
struct SignalDetailsCommand: AppliedSignal {
    static let configuration = CommandConfiguration(
        commandName: "details",
        abstract: "Change the names of an account to those that its site has now.",
        discussion: "Shows the credentials and asks for confirmation."
    )

    @Argument(
        help: "CurrentUserDetailsOptions as JSON: rpId, userId, name, displayName; - for standard input.",
        completion: .file()
    )
    var file: String

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func staleCredentials(_ json: [UInt8]) throws(JSONError) -> StaleCredentials {
        let signal = try CurrentUserDetailsOptions(json: json)
        return StaleCredentials(rpId: signal.rpId, change: .rename(signal.user), isStale: signal.isStale)
    }
}

/// A command that applies a site's signal to a key.
protocol AppliedSignal: KeyCommand {
    var file: String { get }
    var consent: ConsentOptions { get }
    var output: OutputOptions { get }

    /// The credentials that the signal concerns, and what to do with them.
    func staleCredentials(_ json: [UInt8]) throws(JSONError) -> StaleCredentials
}

extension AppliedSignal {
    var reportsJSON: Bool { output.json }

    func run() async throws {
        let deadline = key.deadline
        let stale = try InputFile.readJSON(file, by: deadline, staleCredentials)
        let run = try KeyRun(key, for: .use(command: CommandTree.name(of: Self.self)), by: deadline)
        let report = try await stale.apply(run, Consent(consent, run, mayAsk: !key.noInput))
        try output.print(report, lines: report.lines)
    }
}
