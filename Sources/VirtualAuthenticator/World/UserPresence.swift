/// Stands for the person at the key: asked for a touch, answers now, later or never.
public protocol UserPresence: AnyObject {
    /// A command began to wait for its user; `now` is the time since power-up.
    func request(_ request: PresenceRequest, at now: Duration)

    /// What the user has done since the request, or `nil`; looked at on every tick.
    func answer(at now: Duration) -> PresenceAnswer?

    /// When the answer may come without anyone's doing.
    var nextWakeup: Duration? { get }

    /// Nobody waits for an answer any more.
    func withdraw()
}

/// What a person needs to know to decide.
public struct PresenceRequest: Hashable, Sendable {
    /// What the touch allows.
    public enum Operation: String, Hashable, Sendable {
        case register, authenticate, select, reset
        /// A token that may be used for `relyingPartyID`.
        case verify
    }

    /// What the user has to do.
    public enum Gesture: String, Hashable, Sendable {
        case touch
        /// Put a finger on the sensor, which shows who it is.
        case fingerprint
    }

    public var operation: Operation
    public var gesture: Gesture
    /// The site that asks, where one does.
    public var relyingPartyID: String?
    /// The account's name, where the request gives one.
    public var userName: String?

    public init(
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
    /// A finger that the sensor does not know; as good as `touched` where only a touch is asked for.
    case notRecognized
}
