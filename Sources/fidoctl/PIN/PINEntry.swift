import CTAP2
import CTAPHID
import Synchronization

/// How one key's PINs are entered in the course of a command, and what was entered before.
final class PINEntry: Sendable {
    /// The key's name for people, escaped.
    let key: String
    let operation: KeyOperation
    let source: PINSource
    /// What makes room for a prompt.
    let line: StatusLine
    let deadline: Deadline
    /// The file or descriptor, once something was read from it.
    let stored = Mutex<StoredPIN?>(nil)
    /// The SHA-256 of what was typed last as the key's PIN, so that nobody loses a second try with it.
    let lastTyped = Mutex<Secret?>(nil)

    init(
        ofKey key: String,
        for operation: KeyOperation,
        from source: PINSource,
        inPlaceOf line: StatusLine,
        by deadline: Deadline
    ) {
        self.key = key
        self.operation = operation
        self.source = source
        self.line = line
        self.deadline = deadline
    }

    func pin(for request: PINRequest) async throws(Failure) -> PIN {
        source.isStored ? try await storedPIN(request) : try await typedPIN(request)
    }

    func newPIN(for request: NewPINRequest) async throws(Failure) -> PIN {
        source.isStored ? try await storedNewPIN(request) : try await typedNewPIN(request)
    }
}
