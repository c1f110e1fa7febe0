import CTAP2
import Interaction

/// Additions to the message of a failed change.
struct ChangeNotes: Sendable {
    /// Appended if nothing changed.
    var unchanged = Text.nothingChanged
    /// The hint if the outcome is unknown: how to check it.
    let check: Text
}

extension UserVerificationError {
    /// Runs what may fail in the middle of an operation with a key; a failure of ours comes out as `interaction`.
    static func during<Result>(_ body: () throws(Failure) -> Result) throws(UserVerificationError) -> Result {
        do throws(Failure) {
            return try body()
        } catch {
            throw .interaction(error)
        }
    }
}

extension KeyRun {
    /// Runs `body`, which changes the key, on one key: among several, the one that is touched. A failure states whether
    /// the change took effect.
    func change<Value: Sendable>(
        _ notes: ChangeNotes,
        _ body: @escaping @Sendable (OpenKey, ChangeRecord) async throws(UserVerificationError) -> Value
    ) async throws(Failure) -> (value: Value, key: KeyName) {
        let record = ChangeRecord()
        do throws(Failure) {
            return try await withKey { key throws(UserVerificationError) in try await body(key, record) }
        } catch {
            throw record.explain(error, unchanged: notes.unchanged, check: notes.check)
        }
    }
}

extension Prompt {
    /// Shows the changes and asks for confirmation.
    static func confirm(_ notes: [Text], _ question: Text) -> Prompt {
        Prompt(notes: notes, question: question, isSecret: false)
    }
}
