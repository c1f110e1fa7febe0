/// The touch for requests that do not wait for it: they fail until there was one, and the client repeats them.
///
/// The key waits until ten seconds after the last request. It keeps a touch for as long, for any request, as real keys do.
struct PolledTouch {
    private let presence: any UserPresence
    private var state = State.idle

    private enum State {
        case idle
        case waiting(until: Duration)
        case touched(until: Duration)
    }

    static let patience = Duration.seconds(10)

    init(_ presence: any UserPresence) {
        self.presence = presence
    }

    /// Whether the key neither waits nor keeps a touch.
    var isIdle: Bool {
        if case .idle = state { true } else { false }
    }

    /// Uses up the touch, or asks for one.
    mutating func take(for request: PresenceRequest, at now: Duration) -> Bool {
        advance(at: now)
        if isIdle { presence.request(request, at: now) }
        if case .touched = state {} else { state = .waiting(until: now + Self.patience) }
        advance(at: now)
        guard case .touched = state else { return false }
        state = .idle
        return true
    }

    mutating func advance(at now: Duration) {
        switch state {
        case .idle: return
        case .touched(let end): if end <= now { state = .idle }
        case .waiting(let end):
            switch presence.answer(at: now) {
            case .touched, .notRecognized:
                presence.withdraw()
                state = .touched(until: now + Self.patience)
            // U2F has no answer for a user who declines.
            case .declined, nil: if end <= now { forget() }
            }
        }
    }

    /// Stops waiting, and forgets a touch.
    mutating func forget() {
        if case .waiting = state { presence.withdraw() }
        state = .idle
    }

    /// The next time at which `advance` has work.
    var nextWakeup: Duration? {
        guard case .waiting(let end) = state else { return nil }
        return presence.nextWakeup.map { min($0, end) } ?? end
    }
}
