/// The instant by which an operation must end; all its steps share it.
public struct Deadline: Hashable, Sendable {
    private let instant: ContinuousClock.Instant

    /// `duration` from now, at most ten years.
    public init(after duration: Duration) {
        instant = ContinuousClock.now + min(max(duration, .zero), .seconds(315_360_000))
    }

    /// The time left, never negative.
    public var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: instant)) }

    public var hasPassed: Bool { remaining == .zero }

    /// The earlier of the two.
    package func earlier(of other: Deadline) -> Deadline {
        other.instant < instant ? other : self
    }
}
