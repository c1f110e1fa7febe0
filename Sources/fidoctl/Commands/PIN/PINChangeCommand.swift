import ArgumentParser
import CTAP2

/// `fidoctl pin change`
struct PINChangeCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Change a key's PIN.",
        discussion: "--pin-fd and --pin-file give the present PIN and the new one, a line each."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }
    var events: EventLog? { key.events }

    func run() async throws {
        let name = try await key.withKey(for: .use(command: "pin change"), chosenByTouch: true) { key in
            try await key.expectPIN(toBeSet: true)
            let dialogue = PINDialogue(key.session, with: key.user, by: key.deadline)
            _ = try await dialogue.change()
            return key.name
        }
        try output.print(
            ChosenKey(device: name.path, name: name.name),
            lines: [Text.pinChanged(name.name).localized, Text.afterPINChanged.localized]
        )
    }
}

extension OpenKey {
    /// Throws, with what to do about it, when the key's PIN is not as a command needs it to be.
    func expectPIN(toBeSet expected: Bool) async throws {
        let isSet = try await session.getInfo(by: deadline).options.clientPin
        guard let isSet else { throw Failure(.unsupported, .noPINSupport(name.name)) }
        guard isSet == expected else {
            throw isSet
                ? Failure(.unsupported, .pinIsSet(name.name), hint: .pinIsSetHint)
                : Failure(.unsupported, .pinIsNotSet(name.name), hint: .pinIsNotSetHint)
        }
    }
}
