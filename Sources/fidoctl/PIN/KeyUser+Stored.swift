import CTAP2
import Synchronization

/// PINs that were laid down beforehand: used once, never for the last try, and never again after they were wrong.
extension KeyUser {
    func storedPIN(_ source: PINSource, _ request: PINRequest) async throws(Failure) -> PIN {
        let name = key.name.name
        switch request.reason {
        case .wrong: throw Failure.wrongPIN(of: name, retries: request.retries)
        case .changeForced: throw Failure(.pinPolicy, .changeForced(name), hint: .changeForcedHint)
        case .needed, .builtInFailed, .change: break
        }
        guard request.retries > 1 else {
            throw Failure(.pinRequired, .lastTryByHand(name), hint: .lastTryByHandHint).with(pinRetries: 1)
        }
        let line = try await next(source, isLast: request.reason != .change)
        do throws(PINError) {
            return try PIN(line)
        } catch {
            throw Failure(.badData, .pin(error))
        }
    }

    func storedNewPIN(_ source: PINSource, _ request: NewPINRequest) async throws(Failure) -> PIN {
        if let rejection = Failure.rejection(request.reason, key: key.name.name) { throw rejection }
        return try request.pin(try await next(source, isLast: true))
    }

    private func next(_ source: PINSource, isLast: Bool) async throws(Failure) -> Secret {
        let lines = try open(source)
        let line = try await lines.next(by: key.deadline)
        if isLast { try await lines.expectEnd(by: key.deadline) }
        return line
    }

    private func open(_ source: PINSource) throws(Failure) -> StoredPIN {
        try stored.withLock { stored throws(Failure) in
            if let stored { return stored }
            let opened: StoredPIN
            switch source {
            case .descriptor(let descriptor): opened = try StoredPIN(descriptor: descriptor)
            case .file(let path): opened = try StoredPIN(file: path)
            case .program, .terminal: throw .pinNeeded(key.name.name)
            }
            stored = opened
            return opened
        }
    }
}

extension NewPINRequest {
    /// Takes a new PIN that keeps to the key's limits.
    func pin(_ typed: consuming Secret) throws(Failure) -> PIN {
        do throws(PINError) {
            let pin = try PIN(typed)
            try pin.check(minimumCodePoints: minimumCodePoints, maximumBytes: maximumByteCount)
            return pin
        } catch {
            throw Failure(.pinPolicy, .pin(error))
        }
    }
}
