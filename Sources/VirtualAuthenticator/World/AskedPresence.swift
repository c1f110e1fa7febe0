/// A user who is asked in some way of the program's own, and answers through `answer(_:)`.
public final class AskedPresence: UserPresence {
    private let ask: (PresenceRequest?) -> Void
    private var isAsked = false
    private var given: PresenceAnswer?

    /// `ask` shows the request; `nil` takes it back.
    public init(ask: @escaping (PresenceRequest?) -> Void) {
        self.ask = ask
    }

    /// The user's answer; without a request that waits it means nothing.
    public func answer(_ answer: PresenceAnswer) {
        guard isAsked else { return }
        given = answer
    }

    public func request(_ request: PresenceRequest, at _: Duration) {
        isAsked = true
        given = nil
        ask(request)
    }

    public func answer(at _: Duration) -> PresenceAnswer? { given }

    public var nextWakeup: Duration? { nil }

    public func withdraw() {
        guard isAsked else { return }
        isAsked = false
        given = nil
        ask(nil)
    }
}
