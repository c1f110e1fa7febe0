/// The user of a key under a scenario: does what the request's rule says, or what the key's own presence would.
final class ScenarioPresence: UserPresence {
    /// What the rule of the request under way says; `nil` leaves it to `base`.
    var plan: Scenario.Touch?
    /// Told when a request begins to wait.
    var whenRequested: () -> Void = {}
    private let base: any UserPresence
    private var isAsked = false
    private var given: PresenceAnswer?
    private var planned: Duration?

    init(base: any UserPresence) {
        self.base = base
    }

    /// Answers the request that waits, whatever the plan.
    func give(_ answer: PresenceAnswer) {
        guard isAsked else { return }
        given = answer
    }

    func request(_ request: PresenceRequest, at now: Duration) {
        isAsked = true
        given = nil
        planned = nil
        switch plan {
        case nil: base.request(request, at: now)
        case .after(let delay): planned = now + delay
        case .never, .ask: break
        }
        whenRequested()
    }

    func answer(at now: Duration) -> PresenceAnswer? {
        if let given { return given }
        guard plan != nil else { return base.answer(at: now) }
        guard let planned, planned <= now else { return nil }
        return .touched
    }

    var nextWakeup: Duration? {
        plan == nil ? base.nextWakeup : planned
    }

    func withdraw() {
        guard isAsked else { return }
        isAsked = false
        if plan == nil { base.withdraw() }
    }
}
