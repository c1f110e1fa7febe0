package import CTAP2
import Synchronization

/// The PIN that was entered last, so that the same wrong one does not use up another try.
package struct LastPIN: ~Copyable, Sendable {
    /// Its SHA-256.
    private let digest = Mutex<Secret?>(nil)

    package init() {}

    /// Accepts a typed PIN unless it cannot be right.
    package func accept(_ typed: consuming Secret, for request: PINRequest) throws(Failure) -> PIN {
        let digest = typed.sha256()
        let isSame = self.digest.withLock { $0?.isSame(as: digest) ?? false }
        if request.reason == .wrong, isSame {
            throw Failure(.pinInvalid, .sameAgain).with(pinRetries: request.retries)
        }
        let pin: PIN
        do throws(PINError) {
            pin = try PIN(typed)
        } catch {
            throw Failure(.badData, .pin(error))
        }
        var accepted: Secret? = consume digest
        self.digest.withLock { $0 = accepted.take() }
        return pin
    }
}
