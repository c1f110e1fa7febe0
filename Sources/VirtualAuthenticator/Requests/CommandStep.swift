package import CTAP2
import CTAPHID

/// A step of a command; between steps the key handles time, CANCEL and other channels.
enum CommandStep {
    /// Success, with the response map if there is one.
    case finished(CBORMap?)
    /// Waits for the user, for the key's time limit or `within`, and continues with the outcome.
    case waitForUser(PresenceRequest, within: Duration? = nil, then: (UserOutcome) throws(Refusal) -> CommandStep)
    /// Computes in the background, and continues when `poll` returns the next step.
    case work(poll: () throws(Refusal) -> CommandStep?)
}

/// The outcome of waiting for the user.
enum UserOutcome: Hashable {
    /// `notRecognized` is also a touch, with an unknown finger.
    case touched, notRecognized, declined, timedOut
}

/// The state of the current command, for the transport.
enum CommandProgress: Hashable {
    /// The whole response: status byte and CBOR.
    case finished([UInt8])
    case running(KeepaliveStatus)
}

/// A failure of a command with this status.
package struct Refusal: Error, Hashable {
    package var status: StatusCode

    package init(_ status: StatusCode) {
        self.status = status
    }
}
