package import CTAP2
package import CTAPHID
import Synchronization

/// The command line's `KeyInteraction`: takes PINs from a prompt, file or program, and shows reports on the status line
/// and in the events.
package final class PromptingInteraction: KeyInteraction {
    package let reporter: ActivityReporter
    private let deadline: Deadline
    /// The source of PINs; `nil` if there is none.
    private let source: PINSource?
    /// What was entered for each key so far.
    private let entries = Mutex<[KeyDescription: PINEntry]>([:])

    package init(_ reporter: ActivityReporter, pinSource: PINSource?, by deadline: Deadline) {
        self.reporter = reporter
        self.deadline = deadline
        source = pinSource
    }

    package var canEnterPIN: Bool { source != nil }

    package func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws -> PIN {
        let entry = try entry(of: key)
        reporter.pinNeeded(key, request)
        return try await entry.pin(for: request)
    }

    package func chooseNewPIN(_ request: NewPINRequest, of key: KeyDescription) async throws -> PIN {
        let entry = try entry(of: key)
        reporter.newPINNeeded(key, request)
        return try await entry.newPIN(for: request)
    }

    package func report(_ event: KeySetEvent) {
        reporter.report(event)
    }

    package func report(_ activity: KeyActivity, of key: KeyDescription) {
        reporter.report(activity, of: key)
    }

    private func entry(of key: KeyDescription) throws(Failure) -> PINEntry {
        let name = KeyName(key).name
        guard let source else { throw .pinNeeded(name) }
        ProcessMemory.protect()
        return entries.withLock { entries in
            if let entry = entries[key] { return entry }
            let entry = PINEntry(
                ofKey: name,
                for: reporter.operation,
                from: source,
                inPlaceOf: reporter.line,
                by: deadline
            )
            entries[key] = entry
            return entry
        }
    }
}
