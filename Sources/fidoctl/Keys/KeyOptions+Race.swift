import CTAP2
import CTAPHID

extension KeyOptions {
    private typealias Race<Value: Sendable> = KeyRace<Candidate, Value, Failure>

    /// Runs `body` with every key that takes part, waits for one if there is none, and returns what the first that
    /// succeeds gives; every failure names its key.
    ///
    /// With `chosenByTouch` only one key runs `body`: where there are several, the one that is touched.
    func withKey<Value: Sendable>(
        for operation: KeyOperation,
        chosenByTouch: Bool = false,
        _ body: @escaping @Sendable (OpenKey) async throws -> Value
    ) async throws(Failure) -> Value {
        let deadline = Deadline(after: .seconds(timeout))
        let waiting = Waiting(for: operation, by: deadline, events: events)
        let source = PINSource(pin, mayAsk: !noInput, hasTerminal: TerminalPrompt.isPossible)
        let trace = if let file = self.trace { try TraceFile(path: file) } else { nil as TraceFile? }
        let candidates = try selector.candidates(heard: waiting.hear)
        let outcome = await waiting.during {
            await withTaskCancellationHandler {
                await Race<Value>.run(among: candidates, by: deadline, onWaiting: waiting.needsKey) {
                    candidate,
                    lane in
                    let attempt = await Self.attempt(candidate, lane, by: deadline, waiting, source, trace) { key in
                        if chosenByTouch { try await key.choose() }
                        return try await body(key)
                    }
                    if case .unplugged = attempt { waiting.pulledOut(candidate) }
                    waiting.forget(candidate)
                    return attempt
                }
            } onCancel: {
                waiting.cancelling()
            }
        }
        return try result(of: outcome, operation, waiting)
    }

    private static func attempt<Value: Sendable>(
        _ candidate: Candidate,
        _ lane: KeyRace<Candidate, Value, Failure>.Lane,
        by deadline: Deadline,
        _ waiting: Waiting,
        _ source: PINSource?,
        _ trace: TraceFile?,
        _ body: (OpenKey) async throws -> Value
    ) async -> Race<Value>.Attempt {
        var connection: Connection?
        var session: Session?
        let attempt: Race<Value>.Attempt
        do {
            let opened = try await candidate.connect(trace: trace, by: deadline)
            connection = opened
            let ours = Session(opened)
            session = ours
            let key = OpenKey(
                candidate: candidate,
                connection: opened,
                session: ours,
                initResponse: try await opened.open(by: deadline),
                deadline: deadline,
                waiting: waiting,
                pinSource: source,
                isAlone: { lane.isAlone },
                claim: lane.choose
            )
            attempt = .succeeded(try await body(key))
        } catch {
            let failure = await Failure(error, key: candidate.name).on(device: candidate.selector)
                .withRetries(of: session, by: deadline)
            attempt =
                if failure.code == .noKey {
                    .unplugged
                } else if failure.isUsersAnswer, waiting.hasAskedForTouch(candidate) {
                    .refused(failure)
                } else {
                    .droppedOut(failure)
                }
        }
        await connection?.close()
        return attempt
    }

    private func result<Value: Sendable>(
        of outcome: Race<Value>.Outcome,
        _ operation: KeyOperation,
        _ waiting: Waiting
    ) throws(Failure) -> Value {
        // What a person has to know of keys that finished though they were to stop.
        let warning = outcome.stragglers.lazy.compactMap { $0.warning(operation) }.first
        switch outcome.ending {
        case .won(let key, let value):
            waiting.selected(key)
            if let warning { Notice.tell(warning) }
            return value
        case .lost(let losers):
            // Of several reasons the one that is not just "not mine" says most.
            let telling = losers.last { $0.failure.code != .noCredential } ?? losers.last
            throw telling?.failure ?? Failure(.noKey, .noKey, hint: .noKeyHint)
        case .refused(_, var failure):
            failure.hint = warning ?? failure.hint
            throw failure
        case .timedOut(let plugged):
            var failure =
                waiting.isAsking
                ? .noPINInTime
                : Failure.timedOut(waitingFor: plugged.map { ($0.name.name, waiting.lastStatus(of: $0)) })
            failure.hint = warning ?? failure.hint
            throw plugged.count == 1 ? failure.on(device: plugged.first?.selector ?? "") : failure
        case .cancelled:
            var failure = Failure(.cancelled, .cancelled)
            failure.hint = warning
            throw failure
        }
    }
}

extension Failure {
    /// The time ran out with these keys plugged in, of which each had last said what stands beside it.
    fileprivate static func timedOut(waitingFor keys: [(name: String, status: KeepaliveStatus?)]) -> Failure {
        guard let key = keys.first else { return Failure(.noKey, .noKeyCame, hint: .noKeyHint) }
        guard keys.count == 1, key.status != .userPresenceNeeded else {
            return Failure(.timedOut, .timedOut(keys.map(\.name).joined(separator: ", ")), hint: .timedOutHint)
        }
        return key.status == nil
            ? Failure(.timedOut, .timedOutUnanswered(key.name), hint: .unansweredHint)
            : Failure(.timedOut, .timedOutAtWork(key.name), hint: .replugHint)
    }

    /// Whether this is what the user made of the request, once a touch was asked for; from a key that did not ask, it is
    /// the key's own.
    fileprivate var isUsersAnswer: Bool {
        code == .excluded || statusCode == StatusCode.operationDenied.rawValue
    }
}

extension KeyRace.Straggler where Key == Candidate, Failure == fidoctl.Failure {
    /// That a credential may have been made on this key all the same.
    fileprivate func warning(_ operation: KeyOperation) -> Text? {
        guard case .register = operation else { return nil }
        let warning = Text.answeredBeforeCancel(key.name.name)
        return switch attempt {
        case .succeeded: warning
        case .droppedOut(let failure), .refused(let failure): failure.hint == warning ? warning : nil
        case .unplugged: nil
        }
    }
}
