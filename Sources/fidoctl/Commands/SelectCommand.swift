import ArgumentParser
import CTAP2

/// `fidoctl select`
struct SelectCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "select",
        abstract: "Wait for a touch of a key, and print which key it is."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }
    var events: EventLog? { key.events }

    func run() async throws {
        let name = try await key.withKey(for: .choose) { key in
            try await key.session.selection(by: key.deadline, onKeepalive: key.onKeepalive)
            return key.name
        }
        try output.print(ChosenKey(device: name.path, name: name.name), lines: [name.path])
    }
}

/// A key in the JSON of commands that only act on one.
struct ChosenKey: Encodable {
    /// As `--device` takes it.
    var device: String
    var name: String
}
