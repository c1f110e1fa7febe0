import ArgumentParser
import CTAP2

/// `fidoctl info`
struct InfoCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show what a key is and can do (getInfo)."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }
    var events: EventLog? { key.events }

    func run() async throws {
        let report = try await key.withKey(for: .use(command: "info"), chosenByTouch: true) { key in
            InfoReport(
                key: key.name,
                initResponse: key.initResponse,
                info: try await key.session.getInfo(by: key.deadline)
            )
        }
        try output.print(report, lines: report.lines)
    }
}
