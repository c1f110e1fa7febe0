import CTAP2
import CTAPHID

/// A key that a command talks to, and the time that is left for it.
struct OpenKey: Sendable {
    let candidate: Candidate
    let connection: Connection
    let session: Session
    /// The key's answer to INIT.
    let initResponse: InitResponse
    let deadline: Deadline
    let waiting: Waiting
    /// Where its PIN comes from; `nil` when none is to be had.
    let pinSource: PINSource?
    /// Whether no other key takes part any more.
    let isAlone: @Sendable () -> Bool
    /// See `KeyRace.Lane.choose`.
    let claim: @Sendable () -> Bool

    /// Makes this the key that the command is for, before a person is asked for anything that is this key's alone: while others
    /// take part, the user has to touch it.
    ///
    /// `isTouched` says that the user has just had to do with this key anyway.
    func choose(isTouched: Bool = false) async throws {
        if !isTouched, !isAlone() { try await session.selection(by: deadline, onKeepalive: onKeepalive) }
        guard claim() else { throw CancellationError() }
    }

    var name: KeyName { candidate.name }

    /// To be given every KEEPALIVE.
    var onKeepalive: @Sendable (KeepaliveStatus) -> Void {
        { [waiting, candidate] in waiting.hear($0, from: candidate) }
    }

    /// Who is at the key, and at this computer.
    var user: KeyUser { KeyUser(of: self) }
}
