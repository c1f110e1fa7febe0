/// Stands for the person at the key: asked for a touch, answers now, later or never.
public protocol UserPresence: AnyObject {
    /// A command began to wait for its user; `now` is the time since power-up.
    func request(_ request: PresenceRequest, at now: Duration)

    /// What the user has done since the request, or `nil`; looked at on every tick.
    func answer(at now: Duration) -> PresenceAnswer?

    /// When the answer may come without anyone's doing.
    var nextWakeup: Duration? { get }

    /// The answer is no longer needed.
    func withdraw()
}

/// What a person needs to know to decide.
public struct PresenceRequest: Hashable, Sendable {
    /// What the touch allows.
    public enum Operation: String, Hashable, Sendable {
        case register, authenticate, select, reset
        /// A token that may be used for `relyingPartyID`.
        case verify
        /// A sample of a finger that the key is to know.
        case enroll
    }

    /// What the user has to do.
    public enum Gesture: String, Hashable, Sendable {
        case touch
        case longTouch = "long touch"
        /// Put a finger on the sensor, which shows who it is.
        case fingerprint
    }

    public var operation: Operation
    public var gesture: Gesture
    /// The site that asks, where one does.
    public var relyingPartyID: String?
    /// The account's name, where the request gives one.
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

/// What a person does with a key that waits.
public enum PresenceAnswer: Hashable, Sendable {
    case touched, declined
    /// A finger that the sensor does not know; counts as `touched` where only a touch is asked for.
    case notRecognized
}

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

/// A user who is asked in some way of the program's own, and answers through `answer(_:)`.
public final class AskedPresence: UserPresence {
    private let ask: (PresenceRequest?) -> Void
    private var isAsked = false
    private var given: PresenceAnswer?

    /// `ask` shows the request; `nil` takes it back.
    public init(ask: @escaping (PresenceRequest?) -> Void) {
        self.ask = ask
    }

    /// The user's answer; ignored unless a request waits.
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
