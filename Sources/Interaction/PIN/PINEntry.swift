package import CTAP2
package import CTAPHID
import Synchronization

/// The entry of one key's PINs during a command, with what was entered before.
package final class PINEntry: Sendable {
    /// The key's name for people, escaped.
    package let key: String
    package let operation: KeyOperation
    package let source: PINSource
    /// Makes room for prompts.
    package let line: StatusLine
    package let deadline: Deadline
    /// The file or descriptor, once it has been read from.
    let stored = Mutex<StoredPIN?>(nil)
    let lastTyped = LastPIN()

    package init(
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

    package func pin(for request: PINRequest) async throws(Failure) -> PIN {
        source.isStored ? try await storedPIN(request) : try await typedPIN(request)
    }

    package func newPIN(for request: NewPINRequest) async throws(Failure) -> PIN {
        source.isStored ? try await storedNewPIN(request) : try await typedNewPIN(request)
    }
}
