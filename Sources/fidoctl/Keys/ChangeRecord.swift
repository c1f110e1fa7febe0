import CTAP2
import Interaction
import Synchronization

/// Tracks a change to a key, so that a failure can report whether it took effect.
final class ChangeRecord: Sendable {
    private enum Stage {
        case notSent
        /// The prompt for consent is open.
        case asking
        case sent
        case done
        /// The key reported success, and a check contradicts it.
        case contradicted
    }

    private struct State {
        var stage = Stage.notSent
        /// The number of completed changes.
        var madeCount = 0
    }

    private let state = Mutex(State())

    /// Asks for consent during an operation.
    func ask(
        _ consent: Consent,
        typing answer: String,
        to prompt: Prompt
    ) async throws(UserVerificationError) {
        set(.asking)
        do throws(Failure) {
            try await consent.require(typing: answer, to: prompt)
        } catch {
            // At the deadline the race cancels an unanswered prompt.
            if error.code != .timedOut, error.code != .cancelled { set(.notSent) }
            throw .interaction(error)
        }
        set(.notSent)
    }

    /// Makes one change with one command.
    func make<Result>(
        _ change: () async throws(SessionError) -> Result
    ) async throws(UserVerificationError) -> Result {
        set(.sent)
        let result: Result
        do throws(SessionError) {
            result = try await change()
        } catch {
            set(error.succeededOnKey ? .done : error.isOutcomeUnknown ? .sent : .notSent)
            throw .session(error)
        }
        state.withLock { state in
            state.stage = .done
            state.madeCount += 1
        }
        return result
    }

    /// `failure` with the outcome of the change: `unchanged` is appended if nothing changed; otherwise `check` becomes
    /// the hint.
    func explain(_ failure: Failure, unchanged: Text = .nothingChanged, check: Text? = nil) -> Failure {
        var failure = failure
        let state = state.withLock { $0 }
        switch state.stage {
        case .asking where failure.code == .timedOut: failure.message = .noConsentInTime
        case .notSent where state.madeCount > 0:
            failure.message = failure.message + .changesMadeBefore(state.madeCount)
            failure.hint = check ?? failure.hint
        case .notSent, .asking:
            if failure.message != .notConfirmed { failure.message = failure.message + unchanged }
        case .contradicted: break
        case .sent:
            failure.message = failure.message + .changeUnknown
            failure.hint = check ?? failure.hint
        case .done:
            failure.message = failure.message + .changedAllTheSame
            failure.hint = check ?? failure.hint
        }
        return failure
    }

    /// The failure of a check after the change; it needs no further explanation.
    func contradiction(_ failure: Failure) -> UserVerificationError {
        set(.contradicted)
        return .interaction(failure)
    }

    private func set(_ new: Stage) {
        state.withLock { $0.stage = new }
    }
}

extension SessionError {
    /// Whether the key may have completed the command although no response arrived.
    fileprivate var isOutcomeUnknown: Bool {
        guard case .transport(let error, _) = self else { return false }
        return switch error {
        // The key responded, but not with success.
        case .cancelled(_, _?), .timedOut(_, _?), .silent(_, _?): false
        default: true
        }
    }
}
