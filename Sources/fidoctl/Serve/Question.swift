import CTAPHID
import Synchronization
import Interaction

/// A question to the application, which takes one answer while it is waited for.
final class Question<Answer: ~Copyable & Sendable>: Sendable {
    private struct State: ~Copyable {
        var isOpen = true
        var answer: Answer?
        /// Why the wait ended without an answer.
        var failure: Failure?
    }

    private let state = Mutex(State())
    private let (answers, waker) = AsyncStream.makeStream(of: Void.self)

    /// Takes the answer; false if the question is closed.
    func take(_ answer: consuming Answer) -> Bool {
        var answer: Answer? = consume answer
        return close { $0.answer = answer.take() }
    }

    /// Waits for the answer; the question is closed afterwards.
    func wait(by deadline: Deadline) async throws(Failure) -> Answer {
        let timer = Task {
            try? await Task.sleep(for: deadline.remaining)
            end(with: Failure(.timedOut, .noAnswerInTime))
        }
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            for await _ in answers {}
        } onCancel: {
            end(with: Failure(.cancelled, .cancelled))
        }
        return try result()
    }

    private func end(with failure: Failure) {
        _ = close { $0.failure = failure }
    }

    private func close(_ body: (inout State) -> Void) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            state.isOpen = false
            body(&state)
            waker.finish()
            return true
        }
    }

    private func result() throws(Failure) -> Answer {
        let failure = state.withLock { $0.failure }
        if let failure { throw failure }
        guard let answer = state.withLock({ $0.answer.take() }) else { throw Failure(.cancelled, .cancelled) }
        return answer
    }
}
