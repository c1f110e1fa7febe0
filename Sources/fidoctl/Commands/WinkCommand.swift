import ArgumentParser
import CTAPHID

/// `fidoctl wink`
struct WinkCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "wink",
        abstract: "Make a key identify itself, usually by blinking."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }
    var events: EventLog? { key.events }

    func run() async throws {
        let name = try await key.withKey(for: .use(command: "wink"), chosenByTouch: true) { key in
            try await key.connection.wink(by: key.deadline)
            return key.name
        }
        try output.print(ChosenKey(device: name.path, name: name.name), lines: [Text.winked(name.name).localized])
    }
}
