import CTAP2
import Synchronization

/// PINs that a person types, at the terminal or into an askpass program's window.
///
/// At the terminal what cannot be right is asked for again. A program may be a script that says the same each time: it is asked
/// again only after a wrong PIN, and must then say something else.
extension KeyUser {
    func typedPIN(_ source: PINSource, _ request: PINRequest) async throws(Failure) -> PIN {
        if request.retries == 1 { try await confirmLastTry(source) }
        var question = Question.pin(of: key.name.name, request, key.waiting.operation)
        while true {
            let typed = try await answer(to: question, source)
            do throws(Failure) {
                return try pin(typed, request)
            } catch {
                guard source == .terminal else { throw error }
                question.notes = [error.message]
            }
        }
    }

    func typedNewPIN(_ source: PINSource, _ request: NewPINRequest) async throws(Failure) -> PIN {
        var notes = Text.aboutNewPIN(request, policy: await policy())
        if let rejection = Failure.rejection(request.reason, key: key.name.name) {
            guard source == .terminal else { throw rejection }
            notes.insert(rejection.message, at: 0)
        }
        while true {
            do throws(Failure) {
                return try await newPIN(source, request, notes)
            } catch {
                guard source == .terminal, error.code == .pinPolicy else { throw error }
                notes = [error.message]
            }
        }
    }

    /// Takes what was typed, unless it cannot be right.
    private func pin(_ typed: consuming Secret, _ request: PINRequest) throws(Failure) -> PIN {
        if request.reason == .wrong, isLastTyped(typed) {
            throw Failure(.pinInvalid, .sameAgain).with(pinRetries: request.retries)
        }
        remember(typed)
        do throws(PINError) {
            return try PIN(typed)
        } catch {
            throw Failure(.badData, .pin(error))
        }
    }

    /// A new PIN, typed twice.
    private func newPIN(
        _ source: PINSource,
        _ request: NewPINRequest,
        _ notes: [Text]
    ) async throws(Failure) -> PIN {
        let typed = try await answer(to: .newPIN(of: key.name.name, notes), source)
        let pin = try request.pin(typed)
        let again = try request.pin(try await answer(to: .newPINAgain, source))
        guard pin.isSame(as: again) else { throw Failure(.pinPolicy, .differentPINs) }
        return pin
    }

    private func confirmLastTry(_ source: PINSource) async throws(Failure) {
        let name = key.name.name
        let isYes = try await answer(to: .lastTry(of: name), source).withExposedBytes { bytes in
            zip(bytes.indices, "yes".utf8).allSatisfy { bytes[$0] | 0x20 == $1 } && bytes.count == 3
        }
        guard isYes else { throw Failure(.denied, .lastTryKept(name)).with(pinRetries: 1) }
    }

    private func answer(to question: Question, _ source: PINSource) async throws(Failure) -> Secret {
        let deadline = key.deadline
        if case .program(let path) = source {
            return try await key.waiting.aside { () async throws(Failure) in
                do throws(AskpassProgram.Failure) {
                    return try await AskpassProgram(path: path).ask(question, by: deadline)
                } catch {
                    throw .askpass(error, program: TerminalText.escape(path))
                }
            }
        }
        return try await key.waiting.aside { () async throws(Failure) in
            do throws(SecretLines.Failure) {
                return try await TerminalPrompt.ask(question, by: deadline)
            } catch {
                // Ctrl-D: the person does not want to.
                guard error != .atEnd else { throw Failure(.cancelled, .cancelled) }
                throw .noAnswer(error, from: Text.terminal.localized)
            }
        }
    }

    private func remember(_ typed: borrowing Secret) {
        var digest: Secret? = typed.sha256()
        lastTyped.withLock { $0 = digest.take() }
    }

    private func isLastTyped(_ typed: borrowing Secret) -> Bool {
        let digest = typed.sha256()
        return lastTyped.withLock { $0?.isSame(as: digest) ?? false }
    }

    /// Whether the key announces that it refuses simple PINs, and where its maker explains that.
    private func policy() async -> PINPolicy? {
        guard let info = try? await key.session.getInfo(by: key.deadline) else { return nil }
        return PINPolicy(info)
    }
}
