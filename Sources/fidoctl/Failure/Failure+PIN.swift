import CTAP2
import CTAPHID

/// Failures of getting a PIN. Names of keys and programs come in escaped.
extension Failure {
    /// The same failure, with the tries that the PIN has left.
    func with(pinRetries: Int) -> Failure {
        var failure = self
        failure.pinRetries = pinRetries
        return failure
    }

    /// The same failure, with the tries that the key's PIN has left, when it is about them and the key still says so.
    func withRetries(of session: Session?, by deadline: Deadline) async -> Failure {
        guard code == .pinInvalid || code == .pinBlocked, pinRetries == nil,
            let (retries, _) = try? await session?.getPINRetries(by: deadline)
        else { return self }
        return with(pinRetries: retries)
    }

    /// A PIN is needed, and there is nowhere to get one from.
    static func pinNeeded(_ key: String) -> Failure {
        Failure(.pinRequired, .pinNeeded(key), hint: .pinNeededHint)
    }

    /// The key said that the PIN was wrong, and `retries` tries are left.
    static func wrongPIN(of key: String, retries: Int) -> Failure {
        var failure = Failure(.pinInvalid, .wrongPIN(key), hint: .retriesLeft(retries)).with(pinRetries: retries)
        failure.detail = .detail(.pinInvalid, of: .clientPIN)
        failure.status = StatusCode.pinInvalid.name
        failure.statusCode = StatusCode.pinInvalid.rawValue
        return failure
    }

    /// Why the last new PIN was none for the key; `nil` when there was none.
    static func rejection(_ reason: NewPINRequest.Reason, key: String) -> Failure? {
        switch reason {
        case .unfit(let error): Failure(.pinPolicy, .pin(error))
        case .refused: Failure(.pinPolicy, .refusedByPolicy(key), hint: .refusedByPolicyHint)
        case .set, .change, .changeForced: nil
        }
    }

    static func askpass(_ error: AskpassProgram.Failure, program: String) -> Failure {
        switch error {
        case .notStarted(let error):
            Failure(.pinRequired, .askpassNotStarted(program, error.reason), hint: .pinNeededHint)
        case .ended(let status):
            Failure(.pinRequired, .askpassEnded(program, status: status), hint: .pinNeededHint)
        case .noAnswer(let reason): .noAnswer(reason, from: program)
        }
    }

    static let noPINInTime = Failure(.timedOut, .noPINInTime, hint: .moreTimeHint)

    /// Why `source`, whose name is escaped, gave no answer.
    static func noAnswer(_ reason: SecretLines.Failure, from source: String) -> Failure {
        switch reason {
        case .atEnd: Failure(.badData, .noPINIn(source))
        case .tooLong: Failure(.badData, .lineTooLong(source))
        case .timedOut: noPINInTime
        case .cancelled: Failure(.cancelled, .cancelled)
        case .unreadable(let error): Failure(.io, .cannotReadFile(source, error.reason))
        }
    }
}
