package import CTAP2
package import CTAPHID

/// How a key departs from a correct key with a cooperative user, as in a scenario file (docs/scenarios.md).
public struct Scenario: Hashable, Sendable {
    /// The key's properties.
    public var settings = KeySettings()
    /// The first matching rule that is not used up applies to a request.
    package var rules: [Rule] = []

    public init() {}

    /// A rule for some requests.
    package struct Rule: Hashable, Sendable {
        /// The matching requests.
        package var target = Target.any
        /// Applies only once the key has received a CANCEL.
        package var isAfterCancel = false
        /// How many matching requests to skip first.
        package var skip = 0
        /// How many requests the rule then applies to; `nil` means all.
        package var times: Int?
        /// How long the key computes first.
        package var processing = Duration.zero
        /// What the user does; `nil` delegates to the key's presence.
        package var touch: Touch?
        /// What the sensor reports; `nil` follows `touch`.
        package var verification: Verification?
        /// The status to return instead of executing the command.
        package var status: StatusCode?
        /// The status word to return instead of executing a request of U2F.
        package var statusWord: UInt16?
        package var faults: [Fault] = []

        package init() {}
    }

    /// The requests that a rule matches.
    package enum Target: Hashable, Sendable {
        case any
        /// A CTAPHID message.
        case hid(HIDCommand)
        /// A CTAP2 command by its byte.
        case ctap(UInt8)
        /// A request of U2F by its INS.
        case u2f(UInt8)
        case subCommand(SubCommand)
    }

    /// A subcommand of a CTAP2 command.
    public struct SubCommand: Hashable, Sendable {
        /// The command's byte, and that of its preview if there is one.
        public var commands: [UInt8]
        /// The request member with the subcommand.
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

    /// What the sensor reports.
    package enum Verification: Hashable, Sendable {
        case succeed(after: Duration)
        /// An unknown finger, this many times or always.
        case fail(Int?)
        case never
        /// Waits for `ScenarioKey.answer(_:)`.
        case ask
    }
}

extension Scenario.Touch {
    /// Parses `auto`, `never`, `ask` or `after:SECONDS`.
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
    /// Parses `succeed`, `after:SECONDS`, `fail`, `fail:TIMES`, `never` or `ask`.
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
