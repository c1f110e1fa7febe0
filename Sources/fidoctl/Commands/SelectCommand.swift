import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl select`
struct SelectCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "select",
        abstract: "Wait until a key is touched, and print which key it is."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .choose)
        let (_, name) = try await run.perform { keys, limit throws(SecurityKeysError<SessionError>) in
            try await keys.withKey(within: limit) { key throws(SessionError) in
                try await key.session.selection(key.operation)
            }
        }
        try output.print(ChosenKey(name), lines: [name.path])
    }
}

/// A key in the JSON of commands that only act on one.
struct ChosenKey: Encodable {
    /// As `--device` takes it.
    let device: String
    let name: String

    init(_ key: KeyName) {
        device = key.path
        name = key.name
    }
}
