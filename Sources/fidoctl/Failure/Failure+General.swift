import Platform
import VirtualAuthenticator

extension Failure {
    /// Any error that ends a command.
    init(_ error: any Error) {
        self =
            switch error {
            case let failure as Failure: failure
            case let error as KeyStorageError: Failure(error)
            case let error as ServeError: Failure(.io, .cannotServe(TerminalText.escape(error.description)))
            default: .unexpected(error)
            }
    }

    /// An unexpected error, with its own description.
    static func unexpected(_ error: any Error) -> Failure {
        if error is CancellationError { return Failure(.cancelled, .cancelled) }
        return Failure(.internal, .unexpected(TerminalText.escape("\(error)")), hint: .unexpectedHint)
    }

    /// Arguments that the parser rejected, with its own message.
    ///
    /// `meant` is the command that a misspelt one probably meant.
    static func usage(_ message: String, command: String, meant: String? = nil) -> Failure {
        let line = ["fidoctl", command].filter { !$0.isEmpty }.joined(separator: " ")
        let hint = meant.map(Text.didYouMean) ?? .usageHint(line)
        return Failure(.usage, Text(verbatim: TerminalText.escape(message)), hint: hint)
    }

    /// Standard output could not be written; `.again` means that its reader stopped.
    static func unwritten(_ error: Errno) -> Failure {
        guard error == .again else { return Failure(.io, .cannotWriteOutput(error.description)) }
        return Task.isCancelled ? Failure(.cancelled, .cancelled) : Failure(.timedOut, .outputNotReadInTime)
    }
}
