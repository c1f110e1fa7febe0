import ArgumentParser

/// A command that does something, as opposed to a group of commands or to help.
protocol FidoctlCommand: AsyncParsableCommand, Sendable {
    /// Whether results and failures are asked for as JSON.
    var reportsJSON: Bool { get }
    /// Where events go, if anywhere.
    var events: EventLog? { get }
    /// Whether notes are left out.
    var isQuiet: Bool { get }
    /// How long the whole command may take; `nil` where it has no end of its own.
    var timeLimit: Duration? { get }
    /// Whether the command is cancelled when whoever reads standard output has gone.
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
