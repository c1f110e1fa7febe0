import CTAP2
import Interaction
import Synchronization

/// The prompts of a call: reports on the user's terminal, and the PIN that OpenSSH asked for, used once.
final class GivenPIN: KeyInteraction {
    private let reporter: ActivityReporter
    private let pin = Mutex<Secret?>(nil)
    let canEnterPIN: Bool

    init(_ pin: consuming Secret?, _ reporter: ActivityReporter) {
        self.reporter = reporter
        canEnterPIN = pin != nil
        var pin = pin
        self.pin.withLock { $0 = pin.take() }
    }

    func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws -> PIN {
        let name = KeyName(key).name
        switch request.reason {
        case .needed, .builtInFailed: break
        case .wrong: throw Failure.wrongPIN(of: name, retries: request.retries)
        case .unfit(let error): throw Failure(.pinInvalid, .pin(error)).with(pinRetries: request.retries)
        case .change, .changeForced: throw Failure(.pinPolicy, .changeForced(name), hint: .changeForcedHint)
        }
        guard let typed = pin.withLock({ $0.take() }) else { throw UserVerificationError.pinNeeded }
        // The key may ask for another touch after this.
        reporter.pinNeeded(key, request)
        do throws(PINError) {
            return try PIN(typed)
        } catch {
            throw Failure(.pinInvalid, .pin(error)).with(pinRetries: request.retries)
        }
    }

    func report(_ event: KeySetEvent) {
        reporter.report(event)
    }

    func report(_ activity: KeyActivity, of key: KeyDescription) {
        reporter.report(activity, of: key)
    }
}
