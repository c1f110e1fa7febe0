import CTAP2

/// PINs that a person types, at the terminal or into an askpass program's window.
///
/// The terminal prompts again for a PIN that cannot be right. A program may be a script that always gives the same
/// answer: it is run again only after a wrong PIN, and must then give another one.
extension PINEntry {
    func typedPIN(_ request: PINRequest) async throws(Failure) -> PIN {
        if case .unfit(let error) = request.reason, source != .terminal {
            throw Failure(.pinInvalid, .pin(error)).with(pinRetries: request.retries)
        }
        if request.retries == 1 { try await confirmLastTry() }
        var prompt = Prompt.pin(of: key, request, operation)
        while true {
            let typed = try await answer(to: prompt)
            do throws(Failure) {
                return try lastTyped.accept(typed, for: request)
            } catch {
                guard source == .terminal else { throw error }
                prompt.notes = [error.message]
            }
        }
    }

    func typedNewPIN(_ request: NewPINRequest) async throws(Failure) -> PIN {
        var notes = Text.aboutNewPIN(request)
        if let rejection = Failure.rejection(request.reason, key: key) {
            guard source == .terminal else { throw rejection }
            notes.insert(rejection.message, at: 0)
        }
        while true {
            do throws(Failure) {
                return try await newPIN(request, notes)
            } catch {
                guard source == .terminal, error.code == .pinPolicy else { throw error }
                notes = [error.message]
            }
        }
    }

    /// A new PIN, typed twice.
    private func newPIN(_ request: NewPINRequest, _ notes: [Text]) async throws(Failure) -> PIN {
        let pin = try request.pin(try await answer(to: .newPIN(of: key, notes)))
        let again = try request.pin(try await answer(to: .newPINAgain))
        guard pin.isSame(as: again) else { throw Failure(.pinPolicy, .differentPINs) }
        return pin
    }

    private func confirmLastTry() async throws(Failure) {
        guard try await answer(to: .lastTry(of: key)).spells("yes") else {
            throw Failure(.denied, .lastTryKept(key)).with(pinRetries: 1)
        }
    }

    private func answer(to prompt: Prompt) async throws(Failure) -> Secret {
        try await line.suspended { () async throws(Failure) in
            if case .program(let path) = source {
                do throws(AskpassProgram.Failure) {
                    return try await AskpassProgram(path: path).ask(prompt, by: deadline)
                } catch {
                    throw .askpass(error, program: TerminalText.escape(path))
                }
            }
            do throws(SecretLines.Failure) {
                return try await TerminalPrompt.ask(prompt, by: deadline)
            } catch {
                // Ctrl-D: the person declines.
                guard error != .atEnd else { throw Failure(.cancelled, .cancelled) }
                throw .noAnswer(error, from: Text.terminal.localized)
            }
        }
    }
}

extension Secret {
    /// Whether it equals `answer`, in lower-case ASCII letters, regardless of case.
    package func spells(_ answer: String) -> Bool {
        withExposedBytes { bytes in
            bytes.count == answer.utf8.count && zip(bytes.indices, answer.utf8).allSatisfy { bytes[$0] | 0x20 == $1 }
        }
    }
}
