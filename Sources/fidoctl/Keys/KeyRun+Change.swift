import CTAP2

/// What follows the message of a failed command that changes its key.
struct ChangeNotes: Sendable {
    /// Follows if the key was not changed.
    var unchanged = Text.nothingChanged
    /// How to find out, if that is unknown.
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
    /// Shows `notes` and asks the user to type `yes`.
    static func confirm(_ notes: [Text], _ question: Text) -> Prompt {
        Prompt(notes: notes, question: question, isSecret: false)
    }
}
