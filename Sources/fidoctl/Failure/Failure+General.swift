package import Interaction
import Platform
import VirtualAuthenticator

extension Failure {
    /// Arguments that the parser rejected, with its own message.
    ///
    /// `meant` is the command that a misspelt one probably meant.
    static func usage(_ message: String, command: String, meant: String? = nil) -> Failure {
        let line = ["fidoctl", command].filter { !$0.isEmpty }.joined(separator: " ")
        let hint = meant.map(Text.didYouMean) ?? .usageHint(line)
        return Failure(.usage, .parser(TerminalText.escape(message)), hint: hint)
    }

    /// Standard output could not be written; `.again` means that its reader stopped.
    static func unwritten(_ error: Errno) -> Failure {
        guard error == .again else { return Failure(.io, .cannotWriteOutput(error)) }
        return Task.isCancelled ? Failure(.cancelled, .cancelled) : Failure(.timedOut, .outputNotReadInTime)
    }
}

extension KeyStorageError: ExplainedError {
    package func failure(key: String?) -> Failure { Failure(self) }
}

extension ServeError: ExplainedError {
    package func failure(key: String?) -> Failure {
        Failure(.io, .cannotServe(TerminalText.escape(description)))
    }
}
