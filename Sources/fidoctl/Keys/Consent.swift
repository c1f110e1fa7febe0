import CTAP2
import CTAPHID
import Interaction

/// The user's consent to a change that cannot simply be undone.
struct Consent: Sendable {
    /// Whether `--yes` gave it in advance.
    let isGiven: Bool
    /// Whether fidoctl may prompt.
    let mayAsk: Bool
    let deadline: Deadline
    /// The prompt replaces it while it waits for an answer.
    private let line: StatusLine

    /// For a command that always needs consent: throws at once if it can neither be given nor asked for.
    init(_ options: ConsentOptions, _ run: KeyRun, mayAsk: Bool) throws(Failure) {
        self.init(ifNeeded: options, run, mayAsk: mayAsk)
        try requirePossible()
    }

    /// For a command that needs consent depending on the state of the key.
    init(ifNeeded options: ConsentOptions, _ run: KeyRun, mayAsk: Bool) {
        isGiven = options.yes
        self.mayAsk = mayAsk && TerminalPrompt.isPossible
        deadline = run.deadline
        line = run.line
    }

    private func requirePossible() throws(Failure) {
        guard isGiven || mayAsk else { throw Failure(.usage, .consentNeeded, hint: .consentNeededHint) }
    }

    /// Returns if the user types `answer`, in any case; throws for any other answer.
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
