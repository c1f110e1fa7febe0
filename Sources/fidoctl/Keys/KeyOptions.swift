import ArgumentParser
import CTAPHID
import Interaction

/// Which keys a command uses, how long it waits for them, and a log of what it sends.
struct KeyAccessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A path, a serial number, virtual:FILE or virtual: (default: $FIDOCTL_DEVICE, else every plugged key takes part).",
            discussion: "virtual: is an embedded software key for trying things out; it protects nothing.",
            valueName: "selector"
        ),
        completion: .custom { _, _, _ in
            // For zsh a colon begins a description.
            DeviceList.scan().map(\.path) + [CompletionShell.requesting == .zsh ? "virtual\\:" : "virtual:"]
        }
    )
    var device: String?

    @Option(
        name: .customLong("timeout"),
        help: ArgumentHelp("How long the whole operation may take (default: 60).", valueName: "seconds")
    )
    var chosenTimeout: Double?

    @Option(
        help: ArgumentHelp("Log every report to and from the key in this file, without secrets.", valueName: "file"),
        completion: .file()
    )
    var trace: String?

    func validate() throws {
        if let chosenTimeout, !(chosenTimeout > 0 && chosenTimeout <= 86_400) {
            throw ValidationError(.timeoutRange)
        }
    }

    /// How long the whole operation may take.
    var timeout: Duration { .seconds(chosenTimeout ?? 60) }
    var selector: KeySelector { KeySelector(device) }

    /// The file of --trace, if given.
    func openTrace() throws(Failure) -> TraceFile? {
        if let trace { try TraceFile(path: trace) } else { nil }
    }

    /// The time limits that are taken from a site: a person needs ten seconds for a touch, and ten minutes are the longest
    /// that WebAuthn recommends (L3 §15.1).
    private static let siteTimeouts: ClosedRange<Duration> = .seconds(10)...(.seconds(600))

    /// The time limit for a site that suggests `siteTimeout`: the same within limits, or `nil` if --timeout decides.
    func timeout(suggested siteTimeout: Duration?) -> Duration? {
        guard chosenTimeout == nil, let siteTimeout else { return nil }
        return min(max(siteTimeout, Self.siteTimeouts.lowerBound), Self.siteTimeouts.upperBound)
    }
}

/// The options of every command that touches a key.
struct KeyOptions: ParsableArguments {
    @OptionGroup var access: KeyAccessOptions

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

    @Flag(help: "Suppress notes, but not prompts, warnings and errors.")
    var quiet = false

    var timeout: Duration { access.timeout }
    /// The deadline of the whole operation, if it starts now.
    var deadline: Deadline { Deadline(after: timeout) }
    var selector: KeySelector { access.selector }
}

/// A command that uses a key.
protocol KeyCommand: FidoctlCommand {
    var key: KeyOptions { get }
}

extension KeyCommand {
    var events: EventLog? { key.events }
    var isQuiet: Bool { key.quiet }
    var timeLimit: Duration? { key.timeout }
}
