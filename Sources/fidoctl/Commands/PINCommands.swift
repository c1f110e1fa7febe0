import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl pin`
struct PINCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Show, set or change a key's PIN.",
        subcommands: [PINStatusCommand.self, PINSetCommand.self, PINChangeCommand.self]
    )
}

/// `fidoctl pin status`
struct PINStatusCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether a key has a PIN, and how many tries are left.",
        discussion: """
            Examples:
              fidoctl pin status
            """
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let (status, name) = try await key.withKey(for: .use(command: "pin status")) { key throws(SessionError) in
            try await key.pinStatus()
        }
        let report = PINReport(status, key: name)
        try output.print(report, lines: report.lines)
    }
}

/// `fidoctl pin set`
struct PINSetCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set the first PIN of a key.",
        discussion: """
            --pin-fd and --pin-file give the new PIN. A forgotten PIN cannot be recovered.

            Examples:
              fidoctl pin set
              fidoctl pin set --pin-file new-pin
            """
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let (_, name) = try await key.withKey(for: .use(command: "pin set")) { key throws(UserVerificationError) in
            try await PINDialogue(key.session, with: key.user, key.operation).set()
        }
        try output.print(
            ChosenKey(name),
            lines: [Text.pinSet(name.name).localized, Text.afterPINSet.localized]
        )
    }
}

/// `fidoctl pin change`
struct PINChangeCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Change a key's PIN.",
        discussion: "--pin-fd and --pin-file give the current PIN and the new one, one a line."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let (_, name) = try await key.withKey(for: .use(command: "pin change")) { key throws(UserVerificationError) in
            _ = try await PINDialogue(key.session, with: key.user, key.operation).change()
        }
        try output.print(
            ChosenKey(name),
            lines: [Text.pinChanged(name.name).localized, Text.afterPINChanged.localized]
        )
    }
}
