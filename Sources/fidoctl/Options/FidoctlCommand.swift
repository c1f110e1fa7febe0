import ArgumentParser
import Interaction

/// A command that does something, unlike a group of commands or help.
protocol FidoctlCommand: AsyncParsableCommand, Sendable {
    /// Whether to print results and failures as JSON.
    var reportsJSON: Bool { get }
    /// The log for events, if any.
    var events: EventLog? { get }
    /// Whether to suppress notes.
    var isQuiet: Bool { get }
    /// The time limit of the whole command; `nil` for no limit.
    var timeLimit: Duration? { get }
    /// Whether to cancel the command when the reader of standard output is gone.
    var endsWithReader: Bool { get }
}

extension FidoctlCommand {
    /// Commands without a result print none.
    var reportsJSON: Bool { false }
    var events: EventLog? { nil }
    var isQuiet: Bool { false }
    var timeLimit: Duration? { nil }
    var endsWithReader: Bool { true }
}

/// A command has printed a result that is a failure: only the exit status is left to give.
struct ReportedFailure: Error {
    var code: FailureCode
}
