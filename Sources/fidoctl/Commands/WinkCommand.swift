import ArgumentParser
import CTAP2
import CTAPHID
import Interaction

/// `fidoctl wink`
struct WinkCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "wink",
        abstract: "Make a key identify itself, usually by blinking."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let (_, name) = try await key.withKey(for: .use(command: "wink")) { key throws(CTAPHIDError) in
            try await key.session.connection.wink(by: key.operation.deadline)
        }
        try output.print(ChosenKey(name), lines: [Text.winked(name.name).localized])
    }
}
