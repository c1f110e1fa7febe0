public import CTAP2
public import CTAPHID

/// How a key departs from a correct key whose user is there, as a scenario file describes it (docs/scenarios.md).
public struct Scenario: Hashable, Sendable {
    /// The limits that the key has under this scenario.
    public var settings = KeySettings()
    /// The first rule that fits a request and is not used up directs it.
    public var rules: [Rule] = []

    public init() {}

    /// What happens to some requests.
    public struct Rule: Hashable, Sendable {
        /// Which requests.
        public var target = Target.any
        /// Only once the key has seen a CANCEL.
        public var isAfterCancel = false
        /// How many fitting requests pass by first.
        public var skip = 0
        /// How many are directed then; `nil` all.
        public var times: Int?
        /// How long the key is busy before anything else.
        public var processing = Duration.zero
        /// What the user does; `nil` leaves it to the key's presence.
        public var touch: Touch?
        /// What the sensor finds out about its user; `nil` goes by `touch`.
        public var verification: Verification?
        /// The answer, instead of doing what was asked.
        public var status: StatusCode?
        public var faults: [Fault] = []

        public init() {}
    }

    /// Which requests a rule is for.
    public enum Target: Hashable, Sendable {
        case any
        /// A message of CTAPHID.
        case hid(HIDCommand)
        /// A CTAP2 command by its byte.
        case ctap(UInt8)
        case subCommand(SubCommand)
    }

    /// A subcommand of a CTAP2 command.
    public struct SubCommand: Hashable, Sendable {
        /// The command's byte, and that of its preview where there is one.
        public var commands: [UInt8]
        /// The member of the request that says which subcommand it is.
        public var member: UInt8
        public var number: UInt8

        public init(commands: [UInt8], member: UInt8, number: UInt8) {
            self.commands = commands
            self.member = member
            self.number = number
        }
    }

    /// What the user of a key does.
    public enum Touch: Hashable, Sendable {
        case after(Duration)
        case never
        /// Waits for `ScenarioKey.answer(_:)`.
        case ask
    }

    /// What a sensor finds out when a finger is asked for.
    public enum Verification: Hashable, Sendable {
        case succeed(after: Duration)
        /// It does not recognize the finger, so many times or always.
        case fail(Int?)
        case never
        /// Waits for `ScenarioKey.answer(_:)`.
        case ask
    }
}

extension Scenario.Touch {
    /// Reads `auto`, `never`, `ask` or `after:SECONDS`.
    public init?(name: String) {
        switch name {
        case "auto": self = .after(.zero)
        case "never": self = .never
        case "ask": self = .ask
        default:
            guard name.hasPrefix("after:"), let delay = Duration(scenarioSeconds: name.dropFirst(6)) else { return nil }
            self = .after(delay)
        }
    }
}

extension Scenario.Verification {
    /// Reads `succeed`, `after:SECONDS`, `fail`, `fail:TIMES`, `never` or `ask`.
    public init?(name: String) {
        switch name {
        case "succeed": self = .succeed(after: .zero)
        case "fail": self = .fail(nil)
        case "never": self = .never
        case "ask": self = .ask
        default:
            if name.hasPrefix("fail:"), let count = Int(name.dropFirst(5)), count > 0 {
                self = .fail(count)
            } else if name.hasPrefix("after:"), let delay = Duration(scenarioSeconds: name.dropFirst(6)) {
                self = .succeed(after: delay)
            } else {
                return nil
            }
        }
    }
}
