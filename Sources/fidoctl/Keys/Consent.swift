import CTAP2
import CTAPHID

/// A person's consent, before something is changed or erased that does not come back by itself.
struct Consent: Sendable {
    /// Whether it was given beforehand, by `--yes`.
    let isGiven: Bool
    /// Whether fidoctl may ask a person.
    let mayAsk: Bool
    let deadline: Deadline
    /// Makes room for the prompt.
    private let line: StatusLine

    /// For a command that always needs consent: throws, before anybody touches a key in vain, when there can be none.
    init(_ options: ConsentOptions, _ run: KeyRun, mayAsk: Bool) throws(Failure) {
        self.init(ifNeeded: options, run, mayAsk: mayAsk)
        try requirePossible()
    }

    /// For a command that finds out from the key whether it needs consent.
    init(ifNeeded options: ConsentOptions, _ run: KeyRun, mayAsk: Bool) {
        isGiven = options.yes
        self.mayAsk = mayAsk && TerminalPrompt.isPossible
        deadline = run.deadline
        line = run.line
    }

    private func requirePossible() throws(Failure) {
        guard isGiven || mayAsk else { throw Failure(.usage, .consentNeeded, hint: .consentNeededHint) }
    }

    /// Returns when the person typed `answer`, whatever its case; throws when they typed anything else.
    func require(typing answer: String, to prompt: Prompt) async throws(Failure) {
        guard !isGiven else { return }
        try requirePossible()
        let typed: Secret
        do throws(SecretLines.Failure) {
            typed = try await line.suspended { () async throws(SecretLines.Failure) in
                try await TerminalPrompt.ask(prompt, by: deadline)
            }
        } catch {
            switch error {
            case .atEnd: throw Failure(.cancelled, .cancelled)
            case .timedOut: throw Failure(.timedOut, .noConsentInTime, hint: .moreTimeHint)
            default: throw .noAnswer(error, from: Text.terminal.localized)
            }
        }
        guard typed.spells(answer) else { throw Failure(.denied, .notConfirmed) }
    }
}
