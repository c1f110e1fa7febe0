package import CTAP2
import Synchronization

/// PINs from a file or descriptor: used once, never for the last try, and never again after a wrong one.
extension PINEntry {
    func storedPIN(_ request: PINRequest) async throws(Failure) -> PIN {
        switch request.reason {
        case .wrong: throw Failure.wrongPIN(of: key, retries: request.retries)
        case .unfit(let error): throw Failure(.pinInvalid, .pin(error)).with(pinRetries: request.retries)
        case .changeForced: throw Failure(.pinPolicy, .changeForced(key), hint: .changeForcedHint)
        case .needed, .builtInFailed, .change: break
        }
        guard request.retries > 1 else {
            throw Failure(.pinRequired, .lastTryByHand(key), hint: .lastTryByHandHint).with(pinRetries: 1)
        }
        let line = try await next(isLast: request.reason != .change)
        do throws(PINError) {
            return try PIN(line)
        } catch {
            throw Failure(.badData, .pin(error))
        }
    }

    func storedNewPIN(_ request: NewPINRequest) async throws(Failure) -> PIN {
        if let rejection = Failure.rejection(request.reason, key: key) { throw rejection }
        return try request.pin(try await next(isLast: true))
    }

    private func next(isLast: Bool) async throws(Failure) -> Secret {
        let lines = try open()
        let line = try await lines.next(by: deadline)
        if isLast { try await lines.expectEnd(by: deadline) }
        return line
    }

    private func open() throws(Failure) -> StoredPIN {
        try stored.withLock { stored throws(Failure) in
            if let stored { return stored }
            let opened: StoredPIN
            switch source {
            case .descriptor(let descriptor): opened = try StoredPIN(descriptor: descriptor)
            case .file(let path): opened = try StoredPIN(file: path)
            case .program, .terminal: throw .pinNeeded(key)
            }
            stored = opened
            return opened
        }
    }
}

extension NewPINRequest {
    /// Reads a new PIN within the key's limits.
    package func pin(_ typed: consuming Secret) throws(Failure) -> PIN {
        do throws(PINError) {
            let pin = try PIN(typed)
            try pin.check(minimumCodePoints: minimumCodePoints, maximumBytes: maximumByteCount)
            return pin
        } catch {
            throw Failure(.pinPolicy, .pin(error))
        }
    }
}
