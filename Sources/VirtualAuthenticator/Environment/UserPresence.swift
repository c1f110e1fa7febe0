/// Simulates the user of the key: answers a request for a touch now, later or never.
public protocol UserPresence: AnyObject {
    /// Called when a command begins to wait for the user; `now` is the time since power-up.
    func request(_ request: PresenceRequest, at now: Duration)

    /// The user's answer since the request, or `nil`; polled on every tick.
    func answer(at now: Duration) -> PresenceAnswer?

    /// The time at which the answer may come by itself.
    var nextWakeup: Duration? { get }

    /// Called when the answer is no longer needed.
    func withdraw()
}

/// The information for the user's decision.
public struct PresenceRequest: Hashable, Sendable {
    /// The operation that the touch authorizes.
    public enum Operation: String, Hashable, Sendable {
        case register, authenticate, select, reset
        /// A token that may be used for `relyingPartyID`.
        case verify
        /// A sample of a finger to enrol.
        case enroll
    }

    /// The required gesture.
    public enum Gesture: String, Hashable, Sendable {
        case touch
        case longTouch = "long touch"
        /// A finger on the sensor, which identifies the user.
        case fingerprint
    }

    public var operation: Operation
    public var gesture: Gesture
    /// The requesting site, if there is one.
    public var relyingPartyID: String?
    /// The account's name, if the request has one.
    public var userName: String?

    package init(
        operation: Operation,
        gesture: Gesture = .touch,
        relyingPartyID: String? = nil,
        userName: String? = nil
    ) {
        self.operation = operation
        self.gesture = gesture
        self.relyingPartyID = relyingPartyID
        self.userName = userName
    }
}

/// The user's answer to a waiting key.
public enum PresenceAnswer: Hashable, Sendable {
    case touched, declined
    /// An unknown finger; counts as `touched` if only a touch is required.
    case notRecognized
}

/// A user who touches at once, after a while, or never.
public final class TimedPresence: UserPresence {
    private let delay: Duration?
    private var touch: Duration?

    /// Touches `delay` after each request; `nil` means never.
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

/// A user whom the program asks itself, and who answers through `answer(_:)`.
public final class AskedPresence: UserPresence {
    private let ask: (PresenceRequest?) -> Void
    private var isAsked = false
    private var given: PresenceAnswer?

    /// `ask` shows the request; `nil` withdraws it.
    public init(ask: @escaping (PresenceRequest?) -> Void) {
        self.ask = ask
    }

    /// The user's answer; ignored unless a request is waiting.
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
