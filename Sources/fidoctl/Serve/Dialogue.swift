import CTAP2
import CTAPHID
import Synchronization
import WebAuthn
import Interaction

/// What one request asks its application, and what the application answers.
final class Dialogue: KeyInteraction {
    private enum Open {
        case currentPIN(Question<PIN>, PINRequest)
        case newPIN(Question<PIN>, NewPINRequest)
        case account(Question<Int>, count: Int)
    }

    let reporter: ActivityReporter
    private let deadline: Deadline
    private let events: any EventSink
    /// The question that an answer belongs to.
    private let open = Mutex<Open?>(nil)
    private let lastPIN = LastPIN()

    init(for operation: KeyOperation, by deadline: Deadline, events: any EventSink) {
        self.deadline = deadline
        self.events = events
        reporter = ActivityReporter(for: operation, by: deadline, events: events, showsLine: false)
    }

    var canEnterPIN: Bool { true }

    func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws(Failure) -> PIN {
        let question = Question<PIN>()
        return try await ask(question, .currentPIN(question, request)) { reporter.pinNeeded(key, request) }
    }

    func chooseNewPIN(_ request: NewPINRequest, of key: KeyDescription) async throws(Failure) -> PIN {
        let question = Question<PIN>()
        return try await ask(question, .newPIN(question, request)) { reporter.newPINNeeded(key, request) }
    }

    /// The account that the application chooses; the only one without a question.
    func choose(from accounts: [Authentication]) async throws(Failure) -> Authentication {
        guard accounts.count != 1 else { return accounts[0] }
        let question = Question<Int>()
        let index = try await ask(question, .account(question, count: accounts.count)) {
            events.report(.select(accounts: accounts.map(\.eventAccount)))
        }
        return accounts[index]
    }

    func report(_ event: KeySetEvent) {
        reporter.report(event)
    }

    func report(_ activity: KeyActivity, of key: KeyDescription) {
        reporter.report(activity, of: key)
    }

    /// Opens the question before it is `put`, since the answer may follow at once.
    private func ask<Answer: ~Copyable & Sendable>(
        _ question: Question<Answer>,
        _ asked: Open,
        _ put: () -> Void
    ) async throws(Failure) -> Answer {
        ProcessMemory.protect()
        open.withLock { $0 = asked }
        put()
        return try await question.wait(by: deadline)
    }
}

// MARK: - Answers

extension Dialogue {
    /// Takes a PIN that the application sent; a key that it cannot be for does not get it, and the question stays open.
    func answer(_ typed: consuming Secret) throws(ServedError) {
        let isTaken: Bool
        do throws(Failure) {
            switch open.withLock({ $0 }) {
            case .currentPIN(let question, let request):
                isTaken = question.take(try lastPIN.accept(typed, for: request))
            case .newPIN(let question, let request): isTaken = question.take(try request.pin(typed))
            case .account, nil: isTaken = false
            }
        } catch {
            throw ServedError(error)
        }
        guard isTaken else { throw .unasked(.noPINAsked) }
    }

    func answer(account index: Int) throws(ServedError) {
        guard case .account(let question, let count) = open.withLock({ $0 }) else { throw .unasked(.noAccountAsked) }
        guard (0..<count).contains(index) else { throw .noSuchAccount(index, count: count) }
        guard question.take(index) else { throw .unasked(.noAccountAsked) }
    }
}
