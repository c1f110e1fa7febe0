import ArgumentParser
import CTAP2

/// `fidoctl info`
struct InfoCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show a key's model, features and limits (getInfo).",
        discussion: """
            Examples:
              fidoctl info
              fidoctl info --device /dev/hidraw0 --json | jq .algorithms
            """
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let (answers, key) = try await key.withKey(for: .use(command: "info")) { key throws(SessionError) in
            (key.initResponse, try await key.session.getInfo(key.operation))
        }
        let report = InfoReport(key: key, initResponse: answers.0, info: answers.1)
        try output.print(report, lines: report.lines)
    }
}
