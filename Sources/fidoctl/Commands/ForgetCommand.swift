import ArgumentParser
import Interaction

/// `fidoctl forget`
struct ForgetCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Forget every key that was remembered.",
        discussion: "No key is needed, and none is changed."
    )

    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let forgotten = try KeyMemory.forgetAll()
        try output.print(
            ["forgotten": forgotten],
            lines: [(forgotten ? Text.forgotten : .nothingToForget).localized]
        )
    }
}
