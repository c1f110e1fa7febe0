import Platform

/// Failures to get an answer to a prompt. Names of programs and other sources are passed in escaped.
extension Failure {
    package static func askpass(_ error: AskpassProgram.Failure, program: String) -> Failure {
        switch error {
        case .notStarted(let error):
            Failure(.pinRequired, .askpassNotStarted(program, error), hint: .pinNeededHint)
        case .ended(let status):
            Failure(.pinRequired, .askpassEnded(program, status: status), hint: .pinNeededHint)
        case .noAnswer(let reason): .noAnswer(reason, from: program)
        }
    }

    /// Why `source`, whose name is escaped, gave no answer.
    package static func noAnswer(_ reason: SecretLines.Failure, from source: String) -> Failure {
        switch reason {
        case .atEnd: Failure(.badData, .noPINIn(source))
        case .tooLong: Failure(.badData, .lineTooLong(source))
        case .timedOut: noPINInTime
        case .cancelled: Failure(.cancelled, .cancelled)
        case .unreadable(let error): Failure(.io, .cannotReadFile(source, error))
        }
    }
}
