package import CTAP2
package import CTAPHID

/// How a key departs from a correct key whose user is there, as a scenario file describes it (docs/scenarios.md).
public struct Scenario: Hashable, Sendable {
    /// The limits that the key has under this scenario.
    public var settings = KeySettings()
    /// The first rule that fits a request and is not used up directs it.
    package var rules: [Rule] = []

    public init() {}

    /// What happens to some requests.
    package struct Rule: Hashable, Sendable {
        /// Which requests.
        package var target = Target.any
        /// Only once the key has seen a CANCEL.
        package var isAfterCancel = false
        /// How many fitting requests pass by first.
        package var skip = 0
        /// How many are directed then; `nil` all.
        package var times: Int?
        /// How long the key is busy before anything else.
        package var processing = Duration.zero
        /// What the user does; `nil` leaves it to the key's presence.
        package var touch: Touch?
        /// What the sensor finds out about its user; `nil` goes by `touch`.
        package var verification: Verification?
        /// The answer, instead of doing what was asked.
        package var status: StatusCode?
        package var faults: [Fault] = []

        package init() {}
    }

    /// Which requests a rule is for.
    package enum Target: Hashable, Sendable {
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
    package enum Touch: Hashable, Sendable {
        case after(Duration)
        case never
        /// Waits for `ScenarioKey.answer(_:)`.
        case ask
    }

    /// What a sensor finds out when a finger is asked for.
    package enum Verification: Hashable, Sendable {
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
    package init?(name: String) {
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
    package init?(name: String) {
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
