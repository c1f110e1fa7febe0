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
        let retries = request.retries
        var notes: [Text]
        switch request.reason {
        case .wrong: notes = [.wrongPIN(key), .retriesLeft(retries)]
        case .changeForced: notes = [.changeForced(key)]
        case .builtInFailed: notes = [.pinInstead(key)]
        case .needed, .change: notes = []
        }
        // Enough tries are no news; few are, before it is too late.
        if retries <= 3, request.reason != .wrong { notes.append(.retriesLeft(retries)) }
        let isForChange = request.reason == .change || request.reason == .changeForced
        return Question(notes: notes, prompt: isForChange ? .enterCurrentPIN(of: key) : .enterPIN(of: key, operation))
    }

    static func lastTry(of key: String) -> Question {
        Question(notes: [.lastTry(key)], prompt: .typeYes, isSecret: false)
    }

    static func newPIN(of key: String, _ notes: [Text]) -> Question {
        Question(notes: notes, prompt: .enterNewPIN(of: key))
    }

    static let newPINAgain = Question(prompt: .enterNewPINAgain)
}
