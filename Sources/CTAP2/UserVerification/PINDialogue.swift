public import CTAPHID

/// Talks with a key and its user about the PIN, until the key is content or one of them gives up.
///
/// Before every question the key is asked how many tries are left; one that is blocked, or that has to be unplugged first, is
/// not asked for. No PIN is ever sent twice.
public struct PINDialogue: Sendable {
    let session: Session
    let interaction: any UserInteraction
    let deadline: Deadline

    public init(_ session: Session, with interaction: any UserInteraction, by deadline: Deadline) {
        self.session = session
        self.interaction = interaction
        self.deadline = deadline
    }

    /// Gives a key without a PIN its first one.
    public func set() async throws(UserVerificationError) {
        var new = try await chooseNewPIN(.set)
        while true {
            let rejection: NewPINRequest.Reason
            do throws(SessionError) {
                return try await session.setPIN(new, by: deadline)
            } catch {
                rejection = try error.rejectionOfNewPIN()
            }
            new = try await chooseNewPIN(rejection)
        }
    }

    /// Changes the key's PIN, because someone wants to or because the key demands it; returns the new one.
    @discardableResult
    public func change(isForced: Bool = false) async throws(UserVerificationError) -> PIN {
        var current = try await enterPIN(isForced ? .changeForced : .change)
        var new = try await chooseNewPIN(isForced ? .changeForced : .change)
        while true {
            let failure: SessionError
            do throws(SessionError) {
                try await session.changePIN(from: current, to: new, by: deadline)
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

    /// A token for a PIN; a change that the key demands first is carried through on the way.
    public func token(
        permissions: PINUVAuthPermissions,
        rpId: String? = nil,
        reason: PINRequest.Reason = .needed
    ) async throws(UserVerificationError) -> PINUVAuthToken {
        if try await info().forcePINChange {
            return try await token(usingPIN: try await change(isForced: true), permissions: permissions, rpId: rpId)
        }
        var pin = try await enterPIN(reason)
        while true {
            let failure: UserVerificationError
            do throws(UserVerificationError) {
                return try await token(usingPIN: pin, permissions: permissions, rpId: rpId)
            } catch {
                failure = error
            }
            guard case .session(.status(.pinInvalid, _)) = failure else { throw failure }
            pin = try await enterPIN(.wrong)
        }
    }

    private func token(
        usingPIN pin: borrowing PIN,
        permissions: PINUVAuthPermissions,
        rpId: String?
    ) async throws(UserVerificationError) -> PINUVAuthToken {
        do throws(SessionError) {
            return try await session.getToken(usingPIN: pin, permissions: permissions, rpId: rpId, by: deadline)
        } catch {
            throw .session(error)
        }
    }

    private func enterPIN(_ reason: PINRequest.Reason) async throws(UserVerificationError) -> PIN {
        let retries = try await retries()
        do {
            return try await interaction.enterPIN(PINRequest(reason: reason, retries: retries))
        } catch {
            throw .interaction(error)
        }
    }

    private func chooseNewPIN(_ reason: NewPINRequest.Reason) async throws(UserVerificationError) -> PIN {
        let info = try await info()
        let request = NewPINRequest(
            reason: reason,
            minimumCodePoints: info.minPINLength,
            maximumByteCount: min(info.maxPINLength, PIN.maximumByteCount)
        )
        do {
            return try await interaction.chooseNewPIN(request)
        } catch {
            throw .interaction(error)
        }
    }

    /// How many tries the PIN has left, at least 1.
    private func retries() async throws(UserVerificationError) -> Int {
        do throws(SessionError) {
            let (retries, needsPowerCycle) = try await session.getPINRetries(by: deadline)
            guard retries > 0 else { throw .status(.pinBlocked, .clientPIN) }
            guard !needsPowerCycle else { throw .status(.pinAuthBlocked, .clientPIN) }
            return retries
        } catch {
            throw .session(error)
        }
    }

    private func info() async throws(UserVerificationError) -> AuthenticatorInfo {
        do throws(SessionError) {
            return try await session.getInfo(by: deadline)
        } catch {
            throw .session(error)
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
