import CTAP2

/// Failures to get a PIN. Names of keys and programs are passed in escaped.
extension Failure {
    /// The same failure, with the number of PIN tries left.
    package func with(pinRetries: Int) -> Failure {
        var failure = self
        failure.pinRetries = pinRetries
        return failure
    }

    /// A PIN is needed, but there is no source for one.
    package static func pinNeeded(_ key: String) -> Failure {
        Failure(.pinRequired, .pinNeeded(key), hint: .pinNeededHint)
    }

    /// The PIN was wrong, and `retries` tries are left.
    package static func wrongPIN(of key: String, retries: Int) -> Failure {
        var failure = Failure(.pinInvalid, .wrongPIN(key), hint: .retriesLeft(retries)).with(pinRetries: retries)
        failure.detail = .detail(.pinInvalid, of: .clientPIN)
        failure.status = StatusCode.pinInvalid.name
        failure.statusCode = UInt16(StatusCode.pinInvalid.rawValue)
        return failure
    }

    /// Why the last new PIN was rejected; `nil` if there was none.
    static func rejection(_ reason: NewPINRequest.Reason, key: String) -> Failure? {
        switch reason {
        case .unfit(let error): Failure(.pinPolicy, .pin(error))
        case .refused: Failure(.pinPolicy, .refusedByPolicy(key), hint: .refusedByPolicyHint)
        case .set, .change, .changeForced: nil
        }
    }

    static let noPINInTime = Failure(.timedOut, .noPINInTime, hint: .moreTimeHint)
}
