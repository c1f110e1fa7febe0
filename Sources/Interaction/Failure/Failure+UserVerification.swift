package import CTAP2

extension Failure {
    /// Why the user of a key was not verified.
    package static func userVerification(_ error: UserVerificationError, key: String) -> Failure {
        switch error {
        case .impossible(.pinNotSet):
            return Failure(.unsupported, .cannotVerifyUser(key), hint: .setPINHint)
        case .impossible(.builtInNotConfigured):
            return Failure(.unsupported, .cannotVerifyUser(key), hint: .enrollHint)
        case .impossible(.notSupported):
            return Failure(.unsupported, .cannotVerifyUser(key), hint: .noVerificationHint)
        case .pinNeeded:
            return .pinNeeded(key)
        case .pinState(.notSupported):
            return Failure(.unsupported, .noPINSupport(key))
        case .pinState(.alreadySet):
            return Failure(.unsupported, .pinIsSet(key), hint: .pinIsSetHint)
        case .pinState(.notSet):
            return Failure(.unsupported, .pinIsNotSet(key), hint: .pinIsNotSetHint)
        case .builtInFailed(let error):
            var failure = Failure.session(error, key: key)
            // A key without a PIN reports blocked built-in verification with this status.
            if failure.code == .pinBlocked {
                failure.code = .uvFailed
                failure.exitStatus = failure.code.exitStatus
            }
            return failure
        case .interaction(let error as SessionError):
            return .session(error, key: key)
        case .interaction(let error):
            return Failure(error)
        case .session(let error):
            return .session(error, key: key)
        }
    }
}
