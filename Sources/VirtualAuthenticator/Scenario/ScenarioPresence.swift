/// The user of a scenario's key, who follows the request's rule, or else the key's own presence.
final class ScenarioPresence: UserPresence {
    /// Called when a request begins to wait.
    var whenRequested: () -> Void = {}
    private let base: any UserPresence
    /// The rule of the current request with its index.
    private var rule: (Scenario.Rule, index: Int)?
    /// The number of failures due to `fail:N` so far, for each rule.
    private var failures: [Int: Int] = [:]
    private var state = State.idle

    private enum State {
        case idle
        /// Follows `base`.
        case base
        /// Has an answer, or waits for `give`.
        case own(PresenceAnswer?, at: Duration)
    }

    init(base: any UserPresence) {
        self.base = base
    }

    /// The rule for what follows; `nil` delegates to `base`.
    func follow(_ rule: Scenario.Rule?, index: Int = 0) {
        self.rule = rule.map { ($0, index) }
    }

    /// Answers the waiting request, regardless of the rule.
    func give(_ answer: PresenceAnswer) {
        switch state {
        case .idle: return
        case .base: base.withdraw()
        case .own: break
        }
        state = .own(answer, at: .zero)
    }

    func request(_ request: PresenceRequest, at now: Duration) {
        state = answer(planned: request, at: now)
        if case .base = state { base.request(request, at: now) }
        whenRequested()
    }

    private func answer(planned request: PresenceRequest, at now: Duration) -> State {
        if request.gesture == .fingerprint, let (rule, index) = rule, let verification = rule.verification {
            return answer(verification, index: index, at: now)
        }
        return switch rule?.0.touch {
        case nil: .base
        case .after(let delay): .own(.touched, at: now + delay)
        case .never, .ask: .own(nil, at: .zero)
        }
    }

    private func answer(_ verification: Scenario.Verification, index: Int, at now: Duration) -> State {
        switch verification {
        case .never, .ask: return .own(nil, at: .zero)
        case .succeed(let delay): return .own(.touched, at: now + delay)
        case .fail(let count):
            failures[index, default: 0] += 1
            return .own(failures[index, default: 0] <= count ?? .max ? .notRecognized : .touched, at: now)
        }
    }

    func answer(at now: Duration) -> PresenceAnswer? {
        switch state {
        case .idle: nil
        case .base: base.answer(at: now)
        case .own(let answer, let time): time <= now ? answer : nil
        }
    }

    var nextWakeup: Duration? {
        switch state {
        case .idle: nil
        case .base: base.nextWakeup
        case .own(let answer, let time): answer == nil ? nil : time
        }
    }

    func withdraw() {
        if case .base = state { base.withdraw() }
        state = .idle
    }
}
