import CTAPHID
import Synchronization

/// One operation's attempts, one for each key, and the race among them.
struct KeyAttempts<Value: Sendable, Failure: KeyFailure>: Sendable {
    typealias Race = KeyRace<Value, AttemptFailure<Failure>>

    let keys: SecurityKeys
    let deadline: Deadline
    let chosenByTouch: Bool
    let waitsForAnotherKey: Bool
    let body: @Sendable (OpenKey) async throws(Failure) -> Value
    private let log = AttemptLog()

    init(
        keys: SecurityKeys,
        deadline: Deadline,
        chosenByTouch: Bool,
        waitsForAnotherKey: Bool,
        body: @escaping @Sendable (OpenKey) async throws(Failure) -> Value
    ) {
        self.keys = keys
        self.deadline = deadline
        self.chosenByTouch = chosenByTouch
        self.waitsForAnotherKey = waitsForAnotherKey
        self.body = body
    }

    func run() async throws(SecurityKeysError<Failure>) -> (value: Value, key: KeyDescription) {
        let interaction = keys.interaction
        let outcome = await withTaskCancellationHandler {
            await Race.run(
                among: keys.source.events(),
                by: deadline,
                onEvent: { [log] event in log.report(event, to: interaction) },
                onWaiting: { interaction.report(.waitingForKey) },
                onDecision: { ending in if case .won(let key, _) = ending { interaction.report(.chosen(key)) } },
                attempt: { key, contender in await attempt(on: key, contender) }
            )
        } onCancel: {
            interaction.report(.cancelling)
        }
        for late in outcome.lateFinishes where Self.succeededOnKey(late.attempt) {
            interaction.report(.finishedLate(late.key))
        }
        return try result(of: outcome.ending)
    }

    private func attempt(on key: KeyDescription, _ contender: Race.Contender) async -> Race.Attempt {
        let record = log.begin(key)
        let opened: OpenKey
        do throws(KeyAccessError) {
            opened = try await open(key, contender, record)
        } catch {
            return end(key, record, .inaccessible(error))
        }
        let attempt: Race.Attempt
        do throws(KeyAccessError) {
            try await choose(opened)
            attempt = await run(body, on: opened, record)
        } catch {
            attempt = end(key, record, .inaccessible(error))
        }
        await opened.session.connection.close()
        return attempt
    }

    private func open(
        _ key: KeyDescription,
        _ contender: Race.Contender,
        _ record: AttemptRecord
    ) async throws(KeyAccessError) -> OpenKey {
        let interaction = keys.interaction
        let operation = Operation(by: deadline) { activity in
            record.take(activity)
            interaction.report(activity, of: key)
        }
        let connection: Connection
        do {
            connection = Connection(try await keys.source.open(key, operation), on: contender.queue)
        } catch {
            throw .notOpened(error)
        }
        do throws(CTAPHIDError) {
            return OpenKey(
                description: key,
                session: Session(connection),
                initResponse: try await connection.open(by: deadline) { operation.report(KeyActivity($0)) },
                operation: operation,
                interaction: interaction,
                record: record,
                isAlone: { contender.isAlone },
                claim: { contender.choose() }
            )
        } catch {
            await connection.close()
            throw .noChannel(error)
        }
    }

    private func choose(_ key: OpenKey) async throws(KeyAccessError) {
        guard chosenByTouch else { return }
        do throws(SessionError) {
            try await key.choose()
        } catch {
            throw .notChosen(error)
        }
    }

    private func run(
        _ body: (OpenKey) async throws(Failure) -> Value,
        on key: OpenKey,
        _ record: AttemptRecord
    ) async -> Race.Attempt {
        do throws(Failure) {
            return .succeeded(try await body(key))
        } catch {
            let retries = error.status?.isAboutPIN == true ? try? await key.session.getPINRetries(key.operation) : nil
            return end(key.description, record, .operation(error, pinRetries: retries?.retries))
        }
    }

    /// What a failure means for the race.
    private func end(
        _ key: KeyDescription,
        _ record: AttemptRecord,
        _ failure: AttemptFailure<Failure>
    ) -> Race.Attempt {
        let attempt: Race.Attempt
        switch failure.cause.verdict {
        case .unplugged:
            log.reportRemoval(of: key, to: keys.interaction)
            attempt = .unplugged
        // Without a request for a touch it is the key's own response, not its user's.
        case .answeredByUser where record.state.hasAskedForTouch: attempt = .refused(failure)
        case .unsuitable where waitsForAnotherKey:
            keys.interaction.report(.unsuitable(key))
            attempt = .unsuitable(failure)
        case .answeredByUser, .unsuitable, .unable, .outOfTime: attempt = .droppedOut(failure)
        }
        keys.interaction.report(.ended(key))
        return attempt
    }

    /// Whether the key completed the operation, even if its attempt failed.
    private static func succeededOnKey(_ attempt: Race.Attempt) -> Bool {
        switch attempt {
        case .succeeded: true
        case .droppedOut(let failure), .refused(let failure), .unsuitable(let failure): failure.cause.succeededOnKey
        case .unplugged: false
        }
    }

    private func result(
        of ending: Race.Ending
    ) throws(SecurityKeysError<Failure>) -> (value: Value, key: KeyDescription) {
        switch ending {
        case .won(let key, let value): return (value, key)
        // Either the key or the race may notice the deadline first.
        case .refused(let key, let failure) where failure.isOutOfTime: throw .timedOut([log.waitingKey(key)])
        case .lost(let losers) where !losers.isEmpty && losers.allSatisfy(\.failure.isOutOfTime):
            throw .timedOut(losers.map { log.waitingKey($0.key) })
        case .refused(let key, let failure): throw failure.error(on: key)
        case .lost(let losers): throw Self.error(of: losers)
        case .timedOut(let unsuitable, let plugged):
            let isEachUnsuitable = plugged.allSatisfy { key in unsuitable.contains { $0.key == key } }
            guard unsuitable.isEmpty || !isEachUnsuitable else { throw Self.error(of: unsuitable) }
            throw .timedOut(plugged.map(log.waitingKey))
        case .cancelled: throw .cancelled
        }
    }

    /// Prefers a failure other than a missing credential.
    private static func error(of losers: [Race.Loser]) -> SecurityKeysError<Failure> {
        let telling = losers.last { $0.failure.cause.verdict != .unsuitable } ?? losers.last
        return telling.map { $0.failure.error(on: $0.key) } ?? .noKey
    }
}

/// Why one key's attempt failed.
enum AttemptFailure<Failure: KeyFailure>: Error {
    case inaccessible(KeyAccessError)
    case operation(Failure, pinRetries: Int?)

    var cause: any KeyFailure {
        switch self {
        case .inaccessible(let error): error
        case .operation(let error, _): error
        }
    }

    /// Whether the deadline is the only cause; a key that completed the operation too late must be reported.
    var isOutOfTime: Bool { cause.verdict == .outOfTime && !cause.succeededOnKey }

    func error(on key: KeyDescription) -> SecurityKeysError<Failure> {
        switch self {
        case .inaccessible(let error): .inaccessible(error, key)
        case .operation(let error, let pinRetries): .failed(error, key, pinRetries: pinRetries)
        }
    }
}

extension StatusCode {
    fileprivate var isAboutPIN: Bool {
        [.pinInvalid, .pinAuthInvalid, .pinTokenExpired, .pinBlocked, .pinAuthBlocked].contains(self)
    }
}

/// The state of every key, for reports and for the final error.
private final class AttemptLog: Sendable {
    private struct State {
        var plugged: Set<KeyDescription> = []
        var records: [KeyDescription: AttemptRecord] = [:]
    }

    private let state = Mutex(State())

    func begin(_ key: KeyDescription) -> AttemptRecord {
        let record = AttemptRecord()
        state.withLock { $0.records[key] = record }
        return record
    }

    func report(_ event: KeyEvent<KeyDescription>, to interaction: any KeyInteraction) {
        switch event {
        case .added(let key):
            state.withLock { _ = $0.plugged.insert(key) }
            interaction.report(.added(key))
        case .removed(let key): reportRemoval(of: key, to: interaction)
        case .initialScanComplete: break
        }
    }

    /// The key's connection and the system notice a removal in either order; it is reported once.
    func reportRemoval(of key: KeyDescription, to interaction: any KeyInteraction) {
        let isNews = state.withLock { $0.plugged.remove(key) != nil }
        if isNews { interaction.report(.removed(key)) }
    }

    func waitingKey(_ key: KeyDescription) -> WaitingKey {
        let record = state.withLock { $0.records[key]?.state }
        return WaitingKey(key: key, lastActivity: record?.lastActivity, isAskingUser: record?.isAsking ?? false)
    }
}
