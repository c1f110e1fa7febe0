import CTAPHID

/// Runs operations on whichever key the user chooses: waits for keys, lets every key take part, lets the first success
/// decide, and cancels the rest on the keys themselves.
///
/// Where several keys take part, a key is touched before its PIN prompt, so that no PIN goes to the wrong key.
/// Cancelling the task cancels on every key.
public struct SecurityKeys: Sendable {
    let source: any KeySource
    let interaction: any KeyInteraction

    public init(_ source: any KeySource, interaction: any KeyInteraction) {
        self.source = source
        self.interaction = interaction
    }

    /// The same keys, limited to one of them.
    public func limited(to key: KeyDescription) -> SecurityKeys {
        SecurityKeys(OnlyKey(key: key, source: source), interaction: interaction)
    }

    /// The plugged-in keys.
    public func present() async -> [KeyDescription] {
        var keys: [KeyDescription] = []
        for await event in source.events() {
            switch event {
            case .added(let key): keys.append(key)
            case .removed(let key): keys.removeAll { $0 == key }
            case .initialScanComplete: return keys
            }
        }
        return keys
    }

    /// Runs `body` with every key, waits for one if there is none, and returns the first success with its key. All keys
    /// are idle and closed when this returns or throws.
    ///
    /// With `chosenByTouch` only one key runs `body`: among several, the one that is touched. With `waitsForAnotherKey`
    /// keys that lack the credential do not end the operation, which waits for another key.
    public func withKey<Value: Sendable, Failure: KeyFailure>(
        within limit: Duration,
        chosenByTouch: Bool = false,
        waitsForAnotherKey: Bool = false,
        _ body: @escaping @Sendable (OpenKey) async throws(Failure) -> Value
    ) async throws(SecurityKeysError<Failure>) -> (value: Value, key: KeyDescription) {
        let attempts = KeyAttempts(
            keys: self,
            deadline: Deadline(after: limit),
            chosenByTouch: chosenByTouch,
            waitsForAnotherKey: waitsForAnotherKey,
            body: body
        )
        return try await attempts.run()
    }
}

/// One key of a source.
private struct OnlyKey: KeySource {
    let key: KeyDescription
    let source: any KeySource

    func events() -> AsyncStream<KeyEvent<KeyDescription>> {
        AsyncStream { continuation in
            let relay = Task {
                for await event in source.events() {
                    switch event {
                    case .added(key), .removed(key), .initialScanComplete: continuation.yield(event)
                    case .added, .removed: break
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in relay.cancel() }
        }
    }

    func open(
        _ key: KeyDescription,
        _ operation: Operation
    ) async throws -> sending any HIDDevice {
        try await source.open(key, operation)
    }
}
