import CTAP2
import Crypto

/// The key's credentials and counter, kept in a `KeyStorage` that other processes may change as well.
final class CredentialStore {
    private let storage: any KeyStorage
    private let report: (KeyStorageError) -> Void
    /// Eight hexadecimal digits that stay the same as long as the state is kept.
    let serialNumber: String
    /// The key's randomness.
    var random: any RandomNumberGenerator

    /// Takes the state in `storage`, or makes a new key there; gives it the PIN of `settings` where it has none.
    init(
        storage: any KeyStorage,
        settings: KeySettings,
        random: any RandomNumberGenerator,
        report: @escaping (KeyStorageError) -> Void
    ) throws(KeyStorageError) {
        self.storage = storage
        self.random = random
        self.report = report
        var state = try storage.load().map { saved throws(KeyStorageError) in try Self.state(saved) }
        if state == nil || state?.pin == nil && settings.userVerification.initialPIN != nil {
            var fresh = state
            if fresh == nil { fresh = try Self.newState(settings, wrappingKey: self.random.bytes(32)) }
            try storage.update { saved throws(KeyStorageError) in
                // Another process may have been first.
                let current = try saved.map { saved throws(KeyStorageError) in try Self.state(saved) } ?? fresh
                guard var taken = current else { throw .vanished(path: "the state") }
                taken.pin = taken.pin ?? settings.userVerification.initialPIN.map(PINState.init)
                state = taken
                return taken.bytes
            }
        }
        serialNumber = Self.serialNumber(of: state)
    }

    /// The newest state.
    func read() throws(Refusal) -> KeyState {
        do throws(KeyStorageError) {
            guard let saved = try storage.load() else { throw .vanished(path: "the state") }
            return try Self.state(saved)
        } catch {
            report(error)
            throw Refusal(.other)
        }
    }

    /// Changes the newest state; nothing is saved when `body` throws.
    func change<R>(_ body: (inout KeyState) throws(Refusal) -> R) throws(Refusal) -> R {
        var result = Result<R, Refusal>.failure(Refusal(.other))
        do throws(KeyStorageError) {
            try storage.update { saved throws(KeyStorageError) in
                guard let saved else { throw .vanished(path: "the state") }
                var state = try Self.state(saved)
                do throws(Refusal) {
                    result = .success(try body(&state))
                    return state.bytes
                } catch {
                    result = .failure(error)
                    return saved
                }
            }
        } catch {
            report(error)
            throw Refusal(.other)
        }
        return try result.get()
    }

    /// Forgets all credentials and the PIN, and makes the ids of those that sites keep worthless.
    func reset() throws(Refusal) {
        let wrappingKey = random.bytes(32)
        try change { state throws(Refusal) in
            state.wrappingKey = wrappingKey
            state.credentials = []
            state.pin = nil
            state.uvRetries = nil
        }
    }

    private static func serialNumber(of state: KeyState?) -> String {
        let hash = SHA256.hash(data: state?.attestation.certificates.first ?? [])
        return hash.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func newState(_ settings: KeySettings, wrappingKey: [UInt8]) throws(KeyStorageError) -> KeyState {
        do {
            let attestation = try AttestationIdentity.generate(aaguid: settings.aaguid)
            let uvRetries = settings.userVerification.builtIn?.initialRetries
            return KeyState(attestation: attestation, wrappingKey: wrappingKey, uvRetries: uvRetries)
        } catch {
            throw .io(operation: "make", path: "attestation certificate", reason: "\(error)")
        }
    }

    private static func state(_ saved: [UInt8]) throws(KeyStorageError) -> KeyState {
        do throws(CBORError) {
            return try KeyState(bytes: saved)
        } catch {
            throw .damaged(path: "the state", reason: "\(error)")
        }
    }
}
