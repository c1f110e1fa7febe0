import ArgumentParser
import CTAP2

/// `fidoctl pin set`
struct PINSetCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Give a key without a PIN its first one.",
        discussion: "--pin-fd and --pin-file give the new PIN. A forgotten PIN cannot be recovered."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }
    var events: EventLog? { key.events }

    func run() async throws {
        let name = try await key.withKey(for: .use(command: "pin set"), chosenByTouch: true) { key in
            try await key.expectPIN(toBeSet: false)
            try await PINDialogue(key.session, with: key.user, by: key.deadline).set()
            return key.name
        }
        try output.print(
            ChosenKey(device: name.path, name: name.name),
            lines: [Text.pinSet(name.name).localized, Text.afterPINSet.localized]
        )
    }
}
