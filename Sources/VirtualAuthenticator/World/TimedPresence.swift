/// A user who touches at once, after a while, or never.
public final class TimedPresence: UserPresence {
    private let delay: Duration?
    private var touch: Duration?

    /// Touches `delay` after each request; `nil` never does.
    public init(after delay: Duration?) {
        self.delay = delay
    }

    public func request(_: PresenceRequest, at now: Duration) {
        touch = delay.map { now + $0 }
    }

    public func answer(at now: Duration) -> PresenceAnswer? {
        guard let touch, touch <= now else { return nil }
        return .touched
    }

    public var nextWakeup: Duration? { touch }

    public func withdraw() {
        touch = nil
    }
}
