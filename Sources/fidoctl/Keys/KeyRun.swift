import CTAP2
import CTAPHID
import Interaction

/// One command's use of a key, from its options to its result or failure.
struct KeyRun: Sendable {
    let operation: KeyOperation
    /// For the whole command, including the wait for a key.
    let deadline: Deadline
    /// Whether to keep waiting if the plugged-in keys lack the credential: only if a person can insert another, and
    /// `--device` does not select one.
    let waitsForAnotherKey: Bool
    private let keys: SecurityKeys
    private let reporter: ActivityReporter

    /// `deadline` is for commands that have already spent part of their time.
    init(_ options: KeyOptions, for operation: KeyOperation, by deadline: Deadline? = nil) throws(Failure) {
        let deadline = deadline ?? options.deadline
        let reporter = ActivityReporter(for: operation, by: deadline, events: options.events)
        let source = PINSource(options.pin, mayAsk: !options.noInput, hasTerminal: TerminalPrompt.isPossible)
        self.init(
            try options.selector.source(trace: options.access.openTrace(), by: deadline),
            PromptingInteraction(reporter, pinSource: source, by: deadline),
            reporter,
            by: deadline,
            waitsForAnotherKey: options.selector == .any && !options.noInput
                && Environment.isTerminal(StandardStream.error.rawValue)
        )
    }

    /// A use of keys with another user interface, which `reporter` belongs to.
    init(
        _ source: any KeySource,
        _ interaction: any KeyInteraction,
        _ reporter: ActivityReporter,
        by deadline: Deadline,
        waitsForAnotherKey: Bool
    ) {
        operation = reporter.operation
        self.deadline = deadline
        self.waitsForAnotherKey = waitsForAnotherKey
        self.reporter = reporter
        keys = SecurityKeys(source, interaction: interaction)
    }

    /// The status line, which prompts replace while they are open.
    var line: StatusLine { reporter.line }

    /// The plugged-in keys that `--device` selects.
    func present() async -> [KeyDescription] { await keys.present() }

    /// Runs an operation of the library; a failure names its key.
    func perform<Value: Sendable, E: KeyFailure>(
        _ body:
            @Sendable (SecurityKeys, Duration) async throws(SecurityKeysError<E>) -> (value: Value, key: KeyDescription)
    ) async throws(Failure) -> (value: Value, key: KeyName) {
        switch await outcome(of: body) {
        case .success(let result): return result
        case .failure(let error): throw failure(for: error)
        }
    }

    /// The same with the library's own error.
    func outcome<Value: Sendable, E: KeyFailure>(
        of body:
            @Sendable (SecurityKeys, Duration) async throws(SecurityKeysError<E>) -> (value: Value, key: KeyDescription)
    ) async -> Result<(value: Value, key: KeyName), SecurityKeysError<E>> {
        let outcome: Result<(value: Value, key: KeyDescription), SecurityKeysError<E>> = await reporter.during {
            do throws(SecurityKeysError<E>) {
                return .success(try await body(keys, deadline.remaining))
            } catch {
                return .failure(error)
            }
        }
        return outcome.map { result in
            if let warning = lateRegistration { Diagnostics.warn(warning) }
            return (result.value, KeyName(result.key))
        }
    }

    /// The failure to report for an error of `outcome`.
    func failure<E: KeyFailure>(for error: SecurityKeysError<E>) -> Failure {
        var failure = Failure(onNoKey: error, site: operation.site)
        failure.hint = lateRegistration ?? failure.hint
        return failure
    }

    /// Warns that another key may have made a credential before its cancel.
    private var lateRegistration: Text? {
        guard case .register = operation, let key = reporter.finishedLate.first else { return nil }
        return .answeredBeforeCancel(KeyName(key).name)
    }
}

extension KeyRun {
    /// Runs `body` on one key: among several, the one that is touched.
    func withKey<Value: Sendable, E: KeyFailure>(
        _ body: @escaping @Sendable (OpenKey) async throws(E) -> Value
    ) async throws(Failure) -> (value: Value, key: KeyName) {
        try await perform { keys, limit throws(SecurityKeysError<E>) in
            try await keys.withKey(within: limit, chosenByTouch: true, body)
        }
    }

    func withKey<Value: Sendable, E: KeyFailure>(
        _ key: KeyDescription,
        _ body: @escaping @Sendable (OpenKey) async throws(E) -> Value
    ) async throws(Failure) -> (value: Value, key: KeyName) {
        try await perform { keys, limit throws(SecurityKeysError<E>) in
            try await keys.limited(to: key).withKey(within: limit, body)
        }
    }

    /// Runs `body` on every plugged-in key in turn. Fails only if every key fails; otherwise a failure becomes a part of
    /// the result.
    func onEachKey<Value: Sendable, E: KeyFailure>(
        _ body: @escaping @Sendable (OpenKey) async throws(E) -> Value
    ) async throws(Failure) -> [(key: KeyName, result: Result<Value, Failure>)] {
        var results: [(key: KeyName, result: Result<Value, Failure>)] = []
        var failures: [Failure] = []
        for description in await present() {
            do throws(Failure) {
                let (value, name) = try await withKey(description, body)
                results.append((name, .success(value)))
            } catch {
                guard error.code != .cancelled, error.code != .timedOut else { throw error }
                Diagnostics.warn(error.message)
                results.append((KeyName(description), .failure(error)))
                failures.append(error)
            }
        }
        guard !results.isEmpty else { throw Failure(.noKey, .noKey, hint: .noKeyHint) }
        if let first = failures.first, failures.count == results.count { throw first }
        return results
    }
}

extension KeyOptions {
    /// Runs `body` on one key: among several, the one that is touched.
    func withKey<Value: Sendable, E: KeyFailure>(
        for operation: KeyOperation,
        _ body: @escaping @Sendable (OpenKey) async throws(E) -> Value
    ) async throws(Failure) -> (value: Value, key: KeyName) {
        try await KeyRun(self, for: operation).withKey(body)
    }
}
