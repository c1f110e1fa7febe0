import CTAP2

/// Something to ask a person.
struct Question: Hashable, Sendable {
    /// What they should know beforehand, a line each.
    var notes: [Text] = []
    /// Ends with a colon, after which the answer is typed.
    var prompt: Text
    /// Whether the answer is not to be seen.
    var isSecret = true
}

/// The questions about PINs. Names of keys come in escaped.
extension Question {
    static func pin(of key: String, _ request: PINRequest, _ operation: KeyOperation) -> Question {
        let notes: [Text] =
            switch request.reason {
            case .wrong: [.wrongPIN(key)]
            case .changeForced: [.changeForced(key)]
            case .builtInFailed: [.pinInstead(key)]
            case .needed, .change: []
            }
        let isForChange = request.reason == .change || request.reason == .changeForced
        let prompt: Text = isForChange ? .enterCurrentPIN(of: key) : .enterPIN(of: key, operation)
        return Question(notes: notes, prompt: prompt + .triesLeft(request.retries))
    }

    static func lastTry(of key: String) -> Question {
        Question(notes: [.lastTry(key)], prompt: .typeYes, isSecret: false)
    }

    static func newPIN(of key: String, _ notes: [Text]) -> Question {
        Question(notes: notes, prompt: .enterNewPIN(of: key))
    }

    static let newPINAgain = Question(prompt: .enterNewPINAgain)
}
