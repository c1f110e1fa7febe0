import CTAP2

/// The progress of a command, for programs that display it (`--events`).
///
/// `device` is the key's path, as `--device` takes it.
package enum Event: Hashable, Sendable {
    case waitingForKey
    case keyAdded(device: String, name: String)
    case keyRemoved(device: String)
    /// The key has to be unplugged, and plugged in again afterwards.
    case unplugNeeded(device: String)
    case keySelected(device: String)
    /// The key holds no matching credential, and the command waits for another key.
    case notRegistered(device: String)
    /// Another program is using the key, and a touch would go to it.
    case inUse(device: String)
    /// The key is processing.
    case processing(device: String)
    /// The key reports that it is waiting for a touch.
    case touchNeeded(device: String, operation: String, rpId: String?)
    /// A PIN prompt follows; `retries` is `nil` for a new PIN. The length is in Unicode code points.
    case pinNeeded(device: String, reason: String, retries: Int?, minimumLength: Int)
    /// Built-in verification has started and needs the user.
    case uvNeeded(device: String)
    /// Built-in verification failed; `retries` is `nil` if the key does not say.
    case uvFailed(device: String, retries: Int?)
    /// The progress of a listing or transfer; see `KeyActivity.progress`.
    case progress(device: String, completed: Int, total: Int)
    /// The key captured a sample of a finger; `remaining` is the number of good samples still needed.
    case sample(device: String, status: String, remaining: Int)
    /// The key has several accounts for the site, and the user chooses one.
    case select(accounts: [Account])
    case cancelling
    case cancelled
    case timedOut
    case done
    /// `code` is the error's name, as in the table of exit codes.
    case failed(code: String)

    /// An account of a key, for its user to choose.
    package struct Account: Hashable, Sendable, Encodable {
        /// The user ID in base64url.
        package var id: String?
        package var name: String?
        package var displayName: String?

        package init(id: String?, name: String?, displayName: String?) {
            self.id = id
            self.name = name
            self.displayName = displayName
        }
    }

    /// The last event of a command that failed.
    package static func ending(with code: FailureCode) -> Event {
        switch code {
        case .cancelled: .cancelled
        case .timedOut: .timedOut
        default: .failed(code: code.rawValue)
        }
    }

    /// The name in the member `event`.
    package var name: String {
        switch self {
        case .waitingForKey: "waiting-for-key"
        case .keyAdded: "key-added"
        case .keyRemoved: "key-removed"
        case .unplugNeeded: "unplug-needed"
        case .keySelected: "key-selected"
        case .notRegistered: "not-registered"
        case .inUse: "in-use"
        case .processing: "processing"
        case .touchNeeded: "touch-needed"
        case .pinNeeded: "pin-needed"
        case .uvNeeded: "uv-needed"
        case .uvFailed: "uv-failed"
        case .progress: "progress"
        case .sample: "sample"
        case .select: "select"
        case .cancelling: "cancelling"
        case .cancelled: "cancelled"
        case .timedOut: "timed-out"
        case .done: "done"
        case .failed: "failed"
        }
    }
}

extension FingerprintSample {
    /// The name in events.
    package var name: String {
        switch self {
        case .good: "good"
        case .tooHigh: "too-high"
        case .tooLow: "too-low"
        case .tooLeft: "too-left"
        case .tooRight: "too-right"
        case .tooFast: "too-fast"
        case .tooSlow: "too-slow"
        case .poorQuality: "poor-quality"
        case .tooSkewed: "too-skewed"
        case .tooShort: "too-short"
        case .mergeFailure: "merge-failure"
        case .exists: "exists"
        case .databaseFull: "database-full"
        case .noUserActivity: "no-user-activity"
        case .noUserPresenceTransition: "no-user-presence-transition"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}

extension PINRequest.Reason {
    /// The name in events.
    var name: String {
        switch self {
        case .needed: "needed"
        case .wrong: "wrong"
        case .unfit: "unfit"
        case .builtInFailed: "uv-failed"
        case .change: "change"
        case .changeForced: "change-forced"
        }
    }
}
