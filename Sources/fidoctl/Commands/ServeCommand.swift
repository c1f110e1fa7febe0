import ArgumentParser
import CTAPHID
import Platform
import WebAuthn

/// `fidoctl serve`
struct ServeCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Register and log in for an application, by messages on standard input and output.",
        discussion: """
            For applications, browser extensions and libraries. The messages are described in docs/serve.md. An application \
            that uses this may ask for any origin unless --origin is given. When standard input ends, a running request is \
            cancelled.
            """
    )

    @Option(
        help: ArgumentHelp(
            "How messages follow one another: one a line, as in browsers' native messaging, or as google-auth has them.",
            discussion:
                "google is what GOOGLE_AUTH_WEBAUTHN_PLUGIN runs, by a link to fidoctl named \(ProcessArguments.googlePlugin).",
            valueName: "framing"
        )
    )
    var framing = Framing.lines

    @Option(
        help: ArgumentHelp("Refuse requests from any other origin; may be repeated.", valueName: "origin"),
        transform: OriginOption.parse
    )
    var origin: [Origin] = []

    @OptionGroup var access: KeyAccessOptions

    func run() async throws {
        let settings = ServeSettings(access: access, trace: try access.openTrace(), origins: origin)
        if framing == .google {
            try await GooglePlugin(settings: settings).run()
        } else {
            try await ApplicationServer(framing: framing, settings: settings).run()
        }
    }
}
