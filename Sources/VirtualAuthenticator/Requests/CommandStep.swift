package import CTAP2
import CTAPHID

/// One step of a command; between steps time passes, CANCEL comes, and other channels are answered.
enum CommandStep {
    /// Success, with the response map where there is one.
    case finished(CBORMap?)
    /// Asks the user, for as long as the key waits or `within`, and goes on with the outcome.
    case waitForUser(PresenceRequest, within: Duration? = nil, then: (UserOutcome) throws(Refusal) -> CommandStep)
    /// Computes in the background, and goes on when `poll` returns the next step.
    case work(poll: () throws(Refusal) -> CommandStep?)
}

/// What came of asking the user.
enum UserOutcome: Hashable {
    /// `notRecognized` is also a touch, by a finger that the sensor does not know.
    case touched, notRecognized, declined, timedOut
}

/// What the transport needs to know of the command under way.
enum CommandProgress: Hashable {
    /// The whole response: status byte and CBOR.
    case finished([UInt8])
    case running(KeepaliveStatus)
}

/// A command ends without success, with `status` as its answer.
package struct Refusal: Error, Hashable {
    package var status: StatusCode

    package init(_ status: StatusCode) {
        self.status = status
    }
}
