import ArgumentParser
import CTAPHID

/// The options of every command that touches a key.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A path, a serial number, virtual:FILE or virtual: (default: $FIDOCTL_DEVICE, else every plugged key takes part).",
            discussion: "virtual: is a software key, embedded for trying things out; it protects nothing.",
            valueName: "selector"
        )
    )
    var device: String?

    @Option(help: ArgumentHelp("How long the whole operation may take.", valueName: "seconds"))
    var timeout = 60.0

    @Option(
        help: ArgumentHelp("Log what goes over the wire in this file, without secrets.", valueName: "file")
    )
    var trace: String?

    @Option(
        name: .customLong("events"),
        help: ArgumentHelp(
            "Write what happens, one JSON object a line, to this open file descriptor.",
            valueName: "descriptor"
        ),
        transform: EventLog.init(argument:)
    )
    var events: EventLog?

    @OptionGroup var pin: PINOptions

    @Flag(help: "Never ask anything, neither at the terminal nor by SSH_ASKPASS.")
    var noInput = false

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout takes a number of seconds above 0, at most 86400.")
        }
    }

    @Flag(help: "Leave notes out; prompts, warnings and errors stay.")
    var quiet = false

    /// When the whole operation ends, if it starts now.
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
