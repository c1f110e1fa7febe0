import CTAPHID

/// Prompts for PINs until the key accepts one, or the key or the user gives up.
///
/// Reads the key's retry counter before every prompt. There is no prompt if the PIN is blocked or the key must be
/// unplugged first. A PIN is never sent twice.
public struct PINDialogue: Sendable {
    let session: Session
    let interaction: any UserInteraction
    let operation: Operation

    public init(_ session: Session, with interaction: any UserInteraction, _ operation: Operation) {
        self.session = session
        self.interaction = interaction
        self.operation = operation
    }

    /// Sets the first PIN of a key.
    public func set() async throws(UserVerificationError) {
        try await require(isSet: false)
        var new = try await chooseNewPIN(.set)
        while true {
            let rejection: NewPINRequest.Reason
            do throws(SessionError) {
                return try await session.setPIN(new, operation)
            } catch {
                rejection = try error.rejectionOfNewPIN()
            }
            new = try await chooseNewPIN(rejection)
        }
    }

    /// Changes the key's PIN, on request or because the key forces a change, and returns the new one.
    @discardableResult
    public func change(isForced: Bool = false) async throws(UserVerificationError) -> PIN {
        try await require(isSet: true)
        var current = try await enterPIN(isForced ? .changeForced : .change)
        var new = try await chooseNewPIN(isForced ? .changeForced : .change)
        while true {
            let failure: SessionError
            do throws(SessionError) {
                try await session.changePIN(from: current, to: new, operation)
                return new
            } catch {
                failure = error
            }
            if failure.status == .pinInvalid {
                current = try await enterPIN(.wrong)
            } else {
                new = try await chooseNewPIN(failure.rejectionOfNewPIN())
            }
        }
    }

    /// Obtains a token with a PIN, after changing the PIN if the key forces a change. `counter` is the key's retry
    /// counter if it was just read.
    package func token(
        for authorization: Authorization,
        reason: PINRequest.Reason = .needed,
        counter: PINRetryCounter? = nil
    ) async throws(UserVerificationError) -> PINUVAuthToken {
        if try await info().forcePINChange {
            return try await token(usingPIN: try await change(isForced: true), for: authorization)
        }
        var pin = try await enterPIN(reason, counter)
        while true {
            let failure: UserVerificationError
            do throws(UserVerificationError) {
                return try await token(usingPIN: pin, for: authorization)
            } catch {
                failure = error
            }
            guard case .session(.status(.pinInvalid, _)) = failure else { throw failure }
            pin = try await enterPIN(.wrong)
        }
    }

    private func token(
        usingPIN pin: borrowing PIN,
        for authorization: Authorization
    ) async throws(UserVerificationError) -> PINUVAuthToken {
        do throws(SessionError) {
            return try await session.getToken(
                usingPIN: pin,
                permissions: authorization.permissions,
                rpId: authorization.rpId,
                operation
            )
        } catch {
            throw .session(error)
        }
    }

    /// Asks for the current PIN, again if the answer is too short to be right.
    private func enterPIN(
        _ reason: PINRequest.Reason,
        _ counter: PINRetryCounter? = nil
    ) async throws(UserVerificationError) -> PIN {
        var (reason, counter) = (reason, counter)
        let minimum = try await info().minimumOfCurrentPIN
        while true {
            let retries = try await retries(counter)
            let pin = try await ask(PINRequest(reason: reason, retries: retries, minimumCodePoints: minimum))
            guard let error = pin.unfitness(minimumCodePoints: minimum) else { return pin }
            reason = .unfit(error)
            counter = nil
        }
    }

    private func ask(_ request: PINRequest) async throws(UserVerificationError) -> PIN {
        do {
            return try await interaction.enterPIN(request)
        } catch {
            throw .interaction(error)
        }
    }

    private func chooseNewPIN(_ reason: NewPINRequest.Reason) async throws(UserVerificationError) -> PIN {
        let info = try await info()
        // An interaction without a person may return the same unfit PIN forever.
        if Task.isCancelled { throw .session(.transport(.cancelled(.cbor, response: nil), .clientPIN)) }
        if operation.deadline.hasPassed { throw .session(.transport(.timedOut(.cbor), .clientPIN)) }
        guard info.minPINLength <= PIN.maximumByteCount else {
            throw .session(.refused(.minimumPINLength(info.minPINLength), .clientPIN))
        }
        let request = NewPINRequest(
            reason: reason,
            minimumCodePoints: info.minPINLength,
            maximumByteCount: min(info.maxPINLength, PIN.maximumByteCount),
            policy: PINPolicy(info)
        )
        do {
            return try await interaction.chooseNewPIN(request)
        } catch {
            throw .interaction(error)
        }
    }

    /// The number of PIN attempts left, at least 1.
    private func retries(_ counter: PINRetryCounter?) async throws(UserVerificationError) -> Int {
        do throws(SessionError) {
            let (retries, needsPowerCycle) =
                if let counter { counter } else { try await session.getPINRetries(operation) }
            guard retries > 0 else { throw .status(.pinBlocked, .clientPIN) }
            guard needsPowerCycle != true else { throw .status(.pinAuthBlocked, .clientPIN) }
            return retries
        } catch {
            throw .session(error)
        }
    }

    private func require(isSet expected: Bool) async throws(UserVerificationError) {
        let info = try await info()
        guard let isSet = info.options.clientPin else { throw .pinState(.notSupported) }
        // Checked first: the remedy for the wrong state needs a protocol too.
        guard info.preferredPINUVAuthProtocol != nil else { throw .session(.refused(.noPINUVAuthProtocol, .clientPIN)) }
        guard isSet == expected else { throw .pinState(isSet ? .alreadySet : .notSet) }
    }

    private func info() async throws(UserVerificationError) -> AuthenticatorInfo {
        do throws(SessionError) {
            try await session.requireCTAP2(for: .clientPIN, operation)
            return try await session.getInfo(operation)
        } catch {
            throw .session(error)
        }
    }
}

extension PIN {
    /// Why it cannot be the PIN of a key with this minimum.
    fileprivate func unfitness(minimumCodePoints: Int) -> PINError? {
        do throws(PINError) {
            try check(minimumCodePoints: minimumCodePoints, maximumBytes: Self.maximumByteCount)
            return nil
        } catch {
            return error
        }
    }
}

extension SessionError {
    /// Why another new PIN is needed; throws when the failure has nothing to do with the new PIN.
    fileprivate func rejectionOfNewPIN() throws(UserVerificationError) -> NewPINRequest.Reason {
        switch self {
        case .refused(.pin(let error), _): return .unfit(error)
        case .status(.pinPolicyViolation, _): return .refused
        default: throw .session(self)
        }
    }
}
