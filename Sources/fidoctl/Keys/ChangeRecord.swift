import CTAP2
import Synchronization

/// How far a change of what is on a key has got, so that a failure says what became of it.
final class ChangeRecord: Sendable {
    private enum Stage {
        case notSent
        /// A person is being asked for consent.
        case asking
        case sent
        case done
    }

    private struct State {
        var stage = Stage.notSent
        /// Changes that the key has made, of several.
        var madeCount = 0
    }

    private let state = Mutex(State())

    /// Asks for consent in the middle of an operation with a key.
    func ask(
        _ consent: Consent,
        typing answer: String,
        to prompt: Prompt
    ) async throws(UserVerificationError) {
        set(.asking)
        do throws(Failure) {
            try await consent.require(typing: answer, to: prompt)
        } catch {
            // The race ends an unanswered prompt when the time is over.
            if error.code != .timedOut, error.code != .cancelled { set(.notSent) }
            throw .interaction(error)
        }
        set(.notSent)
    }

    /// Makes one change, in one command.
    func make<Result>(
        _ change: () async throws(SessionError) -> Result
    ) async throws(UserVerificationError) -> Result {
        set(.sent)
        let result: Result
        do throws(SessionError) {
            result = try await change()
        } catch {
            set(error.succeededOnKey ? .done : error.leavesOpen ? .sent : .notSent)
            throw .session(error)
        }
        state.withLock { state in
            state.stage = .done
            state.madeCount += 1
        }
        return result
    }

    /// `failure`, with what became of the change: `unchanged` follows the message when the key is as it was, and `check`
    /// says how to find out.
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
        case .sent:
            failure.message = failure.message + .changeUnknown
            failure.hint = check ?? failure.hint
        case .done:
            failure.message = failure.message + .changedAllTheSame
            failure.hint = check ?? failure.hint
        }
        return failure
    }

    private func set(_ new: Stage) {
        state.withLock { $0.stage = new }
    }
}

extension SessionError {
    /// Whether the key may have carried the command out without our knowing.
    fileprivate var leavesOpen: Bool {
        guard case .transport(let error, _) = self else { return false }
        return switch error {
        // The key's own answer, which is no success.
        case .cancelled(_, _?), .timedOut(_, _?), .silent(_, _?): false
        default: true
        }
    }
}
