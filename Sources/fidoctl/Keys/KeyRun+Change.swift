import CTAP2

/// What to say when a command that changes its key has failed.
struct ChangeNotes: Sendable {
    /// Follows the message when the key is as it was.
    var unchanged = Text.nothingChanged
    /// How to find out, when that is not known.
    let check: Text
}

extension KeyRun {
    /// Runs `body`, which changes the key, on one key: among several, the one that is touched. A failure says whether
    /// anything was changed.
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
    /// Says what will be, and wants `yes` typed.
    static func confirm(_ notes: [Text], _ question: Text) -> Prompt {
        Prompt(notes: notes, question: question, isSecret: false)
    }
}
