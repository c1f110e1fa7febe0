/// An error of a target that this one does not import, which explains itself.
package protocol ExplainedError: Error {
    /// `key` is the key's name for display, if there is a key.
    func failure(key: String?) -> Failure
}

extension Failure {
    /// Any error that ends a command.
    package init(_ error: any Error) {
        self =
            switch error {
            case let failure as Failure: failure
            case let error as any ExplainedError: error.failure(key: nil)
            default: .unexpected(error)
            }
    }

    /// An unexpected error, with its own description.
    package static func unexpected(_ error: any Error) -> Failure {
        if error is CancellationError { return Failure(.cancelled, .cancelled) }
        return Failure(.internal, .unexpected(TerminalText.escape("\(error)")), hint: .unexpectedHint)
    }
}
