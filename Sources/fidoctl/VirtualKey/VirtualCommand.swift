import ArgumentParser

/// `fidoctl virtual`
struct VirtualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "virtual",
        abstract: "The software-emulated key, for tests; it is not secure.",
        subcommands: [VirtualServeCommand.self]
    )
}
