import ArgumentParser

/// `fidoctl pin`
struct PINCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Show, set or change a key's PIN.",
        subcommands: [PINStatusCommand.self, PINSetCommand.self, PINChangeCommand.self]
    )
}
