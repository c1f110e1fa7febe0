import CTAP2
import CTAPHID
import Synchronization

/// The command line's `KeyInteraction`: takes PINs from a prompt, file or program, and shows reports on the status line
/// and in the events.
final class PromptingInteraction: KeyInteraction {
    let reporter: ActivityReporter
    private let deadline: Deadline
    /// The source of PINs; `nil` if there is none.
    private let source: PINSource?
    /// What was entered for each key so far.
    private let entries = Mutex<[KeyDescription: PINEntry]>([:])

    init(_ reporter: ActivityReporter, pinSource: PINSource?, by deadline: Deadline) {
        self.reporter = reporter
        self.deadline = deadline
        source = pinSource
    }

    var canEnterPIN: Bool { source != nil }

    func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws -> PIN {
        let entry = try entry(of: key)
        reporter.pinNeeded(key, request)
        return try await entry.pin(for: request)
    }

    func chooseNewPIN(_ request: NewPINRequest, of key: KeyDescription) async throws -> PIN {
        let entry = try entry(of: key)
        reporter.newPINNeeded(key, request)
        return try await entry.newPIN(for: request)
    }

    func report(_ event: KeySetEvent) {
        reporter.report(event)
    }

    func report(_ activity: KeyActivity, of key: KeyDescription) {
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
