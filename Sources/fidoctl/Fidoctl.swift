import ArgumentParser
@main struct Fidoctl: ParsableCommand { static let configuration = CommandConfiguration(commandName: "fidoctl") }
