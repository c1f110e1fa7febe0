package import CTAP2

/// A prompt that a person answers by typing.
package struct Prompt: Hashable, Sendable {
    /// Notes to show before the prompt, one a line.
    package var notes: [Text]
    /// Ends with a colon, after which the answer is typed.
    package var question: Text
    /// Whether to hide the answer.
    package var isSecret: Bool

    package init(notes: [Text] = [], question: Text, isSecret: Bool = true) {
        self.notes = notes
        self.question = question
        self.isSecret = isSecret
    }
}

/// The prompts for PINs. Names of keys are passed in escaped.
extension Prompt {
    package static func pin(of key: String, _ request: PINRequest, _ operation: KeyOperation) -> Prompt {
        let notes: [Text] =
            switch request.reason {
            case .wrong: [.wrongPIN(key)]
            case .changeForced: [.changeForced(key)]
            case .builtInFailed: [.pinInstead(key)]
            case .unfit(let error): [.pin(error)]
            case .needed, .change: []
            }
        let isForChange = request.reason == .change || request.reason == .changeForced
        let question: Text = isForChange ? .enterCurrentPIN(of: key) : .enterPIN(of: key, operation)
        return Prompt(notes: notes, question: question + .triesLeft(request.retries))
    }

    static func lastTry(of key: String) -> Prompt {
        Prompt(notes: [.lastTry(key)], question: .typeYes, isSecret: false)
    }

    package static func newPIN(of key: String, _ notes: [Text]) -> Prompt {
        Prompt(notes: notes, question: .enterNewPIN(of: key))
    }

    static let newPINAgain = Prompt(question: .enterNewPINAgain)
}
