import CTAP2
import Crypto
import Platform

/// The key's credentials and counter, stored in a `KeyStorage` that other processes may also change.
final class CredentialStore {
    private let storage: any KeyStorage
    private let report: (KeyStorageError) -> Void
    /// Eight hexadecimal digits that are stable as long as the state is kept.
    let serialNumber: String
    /// The key's randomness.
    var random: any RandomNumberGenerator
    /// The state that was read last, so that an unchanged one need not be parsed again.
    private var newest: (saved: [UInt8], state: KeyState, sites: CredentialSites?)?

    /// Loads the state from `storage`, or creates a new key there; sets the initial PIN if the state lacks one.
    init(
        storage: any KeyStorage,
        aaguid: [UInt8],
        verification: UserVerificationSettings,
        random: any RandomNumberGenerator,
        report: @escaping (KeyStorageError) -> Void
    ) throws(KeyStorageError) {
        self.storage = storage
        self.random = random
        self.report = report
        serialNumber = Self.serialNumber(of: try Self.powerUp(storage, aaguid, verification, random: &self.random))
    }

    /// The newest state.
    func read() throws(Refusal) -> KeyState {
        do throws(KeyStorageError) {
            guard let saved = try storage.load() else { throw .vanished(path: "the state") }
            // Comparing an array with itself takes constant time.
            if let newest, newest.saved == saved { return newest.state }
            let state = try Self.state(saved)
            newest = (saved, state, nil)
            return state
        } catch {
            report(error)
            throw Refusal(.other)
        }
    }

    /// The current credentials, grouped by site.
    func sites() throws(Refusal) -> CredentialSites {
        let state = try read()
        if let sites = newest?.sites { return sites }
        let sites = CredentialSites(state)
        newest?.sites = sites
        return sites
    }

    /// Changes the discoverable credentials and encCredStoreState.
    @discardableResult
    func changeCredentials<R>(
        statusWhenFull: StatusCode = .other,
        _ body: (inout KeyState) throws(Refusal) -> R
    ) throws(Refusal) -> R {
        let storeState = random.bytes(KeyIdentity.blockSize)
        return try change(statusWhenFull: statusWhenFull) { state throws(Refusal) in
            state.identity?.storeState = storeState
            return try body(&state)
        }
    }

    /// The identifiers of the key for platforms, which are created here for an older state.
    func identity() throws(Refusal) -> KeyIdentity {
        if let identity = try read().identity { return identity }
        let new = KeyIdentity(random: &random)
        return try change { state throws(Refusal) in
            let identity = state.identity ?? new
            state.identity = identity
            return identity
        }
    }

    /// Invalidates every issued persistent token.
    func replacePersistentToken() throws(Refusal) {
        let token = random.bytes(KeyIdentity.tokenSize)
        try change { state throws(Refusal) in
            state.identity?.token = token
        }
    }

    /// Changes the newest state; saves nothing if `body` throws.
    ///
    /// `statusWhenFull` is the status if there is not enough disk space for the new state.
    @discardableResult
    func change<R>(
        statusWhenFull: StatusCode = .other,
        _ body: (inout KeyState) throws(Refusal) -> R
    ) throws(Refusal) -> R {
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
            if case .noSpace = error { throw Refusal(statusWhenFull) }
            throw Refusal(.other)
        }
        return try result.get()
    }

    /// Erases everything but the attestation and the counter, and invalidates credential IDs that sites store.
    func reset() throws(Refusal) {
        let (wrappingKey, identity) = (random.bytes(32), KeyIdentity(random: &random))
        try change { state throws(Refusal) in
            state = KeyState(
                attestation: state.attestation,
                wrappingKey: wrappingKey,
                signatureCounter: state.signatureCounter,
                templates: [],
                identity: identity
            )
        }
    }

    /// The state in `storage`; creates a missing state or PIN.
    private static func powerUp(
        _ storage: any KeyStorage,
        _ aaguid: [UInt8],
        _ verification: UserVerificationSettings,
        random: inout any RandomNumberGenerator
    ) throws(KeyStorageError) -> KeyState {
        let initialPIN = verification.initialPIN.map(PINState.init)
        var state: KeyState
        if let saved = try storage.load() {
            state = try Self.state(saved)
            guard state.pin == nil, initialPIN != nil else { return state }
        } else {
            let wrappingKey = random.bytes(32)
            state = try newState(aaguid, verification, wrappingKey, KeyIdentity(random: &random))
        }
        try storage.update { saved throws(KeyStorageError) in
            // Another process may have been first.
            if let saved { state = try Self.state(saved) }
            state.pin = state.pin ?? initialPIN
            return state.bytes
        }
        return state
    }

    private static func serialNumber(of state: KeyState) -> String {
        Array(SHA256.hash(data: state.attestation.certificates.first ?? []).prefix(4)).hexadecimal
    }

    private static func newState(
        _ aaguid: [UInt8],
        _ verification: UserVerificationSettings,
        _ wrappingKey: [UInt8],
        _ identity: KeyIdentity
    ) throws(KeyStorageError) -> KeyState {
        do {
            let attestation = try AttestationIdentity.generate(aaguid: aaguid)
            let uvRetries = verification.builtIn?.initialRetries
            return KeyState(
                attestation: attestation,
                wrappingKey: wrappingKey,
                uvRetries: uvRetries,
                identity: identity
            )
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
