import ArgumentParser
import CTAP2

/// `fidoctl pin status`
struct PINStatusCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether a key has a PIN, and how many tries are left."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }
    var events: EventLog? { key.events }

    func run() async throws {
        let report = try await key.withKey(for: .use(command: "pin status"), chosenByTouch: true) { key in
            try await PINReport(of: key)
        }
        try output.print(report, lines: report.lines)
    }
}
