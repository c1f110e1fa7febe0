import ArgumentParser

@main
struct Fidoctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fidoctl", subcommands: [VirtualCommand.self])
}
