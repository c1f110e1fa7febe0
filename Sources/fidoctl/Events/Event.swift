/// Something that happens while a command waits for a key or for its user, for programs that show it (`--events`).
///
/// `device` is the key's path, as `--device` takes it.
enum Event: Hashable, Sendable {
    case waitingForKey
    case keyAdded(device: String, name: String)
    case keyRemoved(device: String)
    case keySelected(device: String)
    /// The key computes.
    case processing(device: String)
    /// Another program uses the key: a touch would go to that program.
    case inUse(device: String)
    /// The key itself says that it waits for a touch.
    case touchNeeded(device: String, operation: String, rpID: String?)
    /// A PIN is about to be asked for; `retries` is `nil` for a new one.
    case pinNeeded(device: String, reason: String, retries: Int?)
    /// The key verifies its user itself, and needs them.
    case uvNeeded(device: String)
    /// It did not recognize them; `retries` is `nil` where the key does not say.
    case uvFailed(device: String, retries: Int?)
    case cancelling
    case cancelled
    case timedOut
    case done
    /// `code` is the error's name, as in the table of exit codes.
    case failed(code: String)

    /// How a command that failed ended.
    static func ending(with code: FailureCode) -> Event {
        switch code {
        case .cancelled: .cancelled
        case .timedOut: .timedOut
        default: .failed(code: code.rawValue)
        }
    }

    /// The name in the member `event`.
    var name: String {
        switch self {
        case .waitingForKey: "waiting-for-key"
        case .keyAdded: "key-added"
        case .keyRemoved: "key-removed"
        case .keySelected: "key-selected"
        case .processing: "processing"
        case .inUse: "in-use"
        case .touchNeeded: "touch-needed"
        case .pinNeeded: "pin-needed"
        case .uvNeeded: "uv-needed"
        case .uvFailed: "uv-failed"
        case .cancelling: "cancelling"
        case .cancelled: "cancelled"
        case .timedOut: "timed-out"
        case .done: "done"
        case .failed: "failed"
        }
    }
}
