import ArgumentParser
import CTAPHID

/// The options of every command that touches a key.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A path, a serial number, virtual:FILE or virtual: (default: $FIDOCTL_DEVICE, else every plugged key takes part).",
            discussion: "virtual: is an embedded software key for trying things out; it protects nothing.",
            valueName: "selector"
        )
    )
    var device: String?

    @Option(help: ArgumentHelp("How long the whole operation may take.", valueName: "seconds"))
    var timeout = 60.0

    @Option(
        help: ArgumentHelp("Log every report to and from the key in this file, without secrets.", valueName: "file")
    )
    var trace: String?

    @Option(
        name: .customLong("events"),
        help: ArgumentHelp(
            "Write events to this open file descriptor, one JSON object a line.",
            valueName: "descriptor"
        ),
        transform: EventLog.init(argument:)
    )
    var events: EventLog?

    @OptionGroup var pin: PINOptions

    @Flag(help: "Never prompt, neither at the terminal nor through SSH_ASKPASS.")
    var noInput = false

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout takes a number of seconds above 0, at most 86400.")
        }
    }

    @Flag(help: "Suppress notes, but not prompts, warnings and errors.")
    var quiet = false

    /// The deadline of the whole operation, if it starts now.
    var deadline: Deadline { Deadline(after: .seconds(timeout)) }
    var selector: KeySelector { KeySelector(device) }
}

/// A command that uses a key.
protocol KeyCommand: FidoctlCommand {
    var key: KeyOptions { get }
}

extension KeyCommand {
    var events: EventLog? { key.events }
    var isQuiet: Bool { key.quiet }
    var timeLimit: Duration? { .seconds(key.timeout) }
}
