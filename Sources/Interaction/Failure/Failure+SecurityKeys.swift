package import CTAP2
import CTAPHID

extension Failure {
    /// Why a command did not succeed on any key.
    package init<E: KeyFailure>(onNoKey error: SecurityKeysError<E>, site: String?) {
        switch error {
        case .noKey:
            self = Failure(.noKey, .noKey, hint: .noKeyHint)
        case .timedOut(let waiting):
            let failure = Failure(timedOutWith: waiting)
            self = waiting.count == 1 ? failure.on(device: waiting.first?.key.path ?? "") : failure
        case .notReplugged(let key):
            let name = TerminalText.escape(key.name)
            self = Failure(.timedOut, .notReplugged(name), hint: .notReset).on(device: key.path)
        case .cancelled:
            self = Failure(.cancelled, .cancelled)
        case .failed(let error, let key, let pinRetries):
            var failure = Failure(error, key: key).at(site: site, key: TerminalText.escape(key.name))
            failure.pinRetries = failure.pinRetries ?? pinRetries
            self = failure
        case .inaccessible(.notOpened(CTAPHIDError.permissionDenied(let path)), let key):
            self = key.device.map { .noPermission($0) } ?? .transport(.permissionDenied(path: path), key: key.path)
        case .inaccessible(.notOpened(let error), let key): self = Failure(error, key: key)
        case .inaccessible(.noChannel(let error), let key): self = Failure(error, key: key)
        case .inaccessible(.notChosen(let error), let key): self = Failure(error, key: key)
        }
    }

    /// The time ran out with these keys plugged in.
    private init(timedOutWith waiting: [WaitingKey]) {
        let names = waiting.map { TerminalText.escape($0.key.name) }
        if waiting.contains(where: \.isAskingUser) {
            self = .noPINInTime
        } else if let key = waiting.first, let name = names.first, waiting.count == 1, key.lastActivity != .touchNeeded
        {
            self =
                switch key.lastActivity {
                case nil: Failure(.timedOut, .timedOutUnanswered(name), hint: .unansweredHint)
                case .inUseByAnother: Failure(.timedOut, .timedOutInUse(name), hint: .inUseHint)
                default: Failure(.timedOut, .timedOutAtWork(name), hint: .replugHint)
                }
        } else if waiting.isEmpty {
            self = Failure(.noKey, .noKeyCame, hint: .noKeyHint)
        } else {
            self = Failure(.timedOut, .timedOut(names.joined(separator: ", ")), hint: .timedOutHint)
        }
    }

    /// Any error that comes up with a key.
    package init(_ error: any Error, key: KeyDescription) {
        let name = TerminalText.escape(key.name)
        let failure: Failure =
            switch error {
            case let error as CTAPHIDError: .transport(error, key: name)
            case let error as SessionError: .session(error, key: name)
            case let error as UserVerificationError: .userVerification(error, key: name)
            case let error as any ExplainedError: error.failure(key: name)
            default: Failure(error)
            }
        self = failure.on(device: key.path)
    }
}
