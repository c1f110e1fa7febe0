import ArgumentParser
import CTAP2

/// `fidoctl select`
struct SelectCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "select",
        abstract: "Choose a key by touch: wait for it, and print which it is."
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

/// A key as commands that only act on one name it in JSON.
struct ChosenKey: Encodable {
    /// As `--device` takes it.
    var device: String
    var name: String
}
