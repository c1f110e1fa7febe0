import CTAP2
import CTAPHID

/// How far a command has come: commands are written as steps, so that time, CANCEL and other channels go on between.
enum CommandStep {
    /// Success, with the response map where there is one.
    case finished(CBORMap?)
    /// Asks the user, and goes on with what came of it.
    case waitForUser(PresenceRequest, then: (UserOutcome) throws(Refusal) -> CommandStep)
    /// Computes beside, and goes on when `poll` gives the next step.
    case work(poll: () throws(Refusal) -> CommandStep?)
}

/// What came of asking the user.
enum UserOutcome: Hashable {
    /// `notRecognized` is a touch, too, by a finger that a sensor does not know.
    case touched, notRecognized, declined, timedOut
}

/// What the transport needs to know of the command under way.
enum CommandProgress: Hashable {
    /// The whole response: status byte and CBOR.
    case finished([UInt8])
    case running(KeepaliveStatus)
}

/// A command ends without success; `status` says how.
struct Refusal: Error, Hashable {
    var status: StatusCode

    init(_ status: StatusCode) {
        self.status = status
    }
}
