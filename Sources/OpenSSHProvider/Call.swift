package import CTAP2
import CTAPHID
import Interaction

/// One call of OpenSSH's: waits for keys, lets them race, and reports on the user's terminal.
package struct Call: Sendable {
    /// As long as `fidoctl` waits.
    private static let timeLimit = Duration.seconds(60)

    private let operation: KeyOperation
    private let options: CallOptions

    private init(_ operation: KeyOperation, _ options: CallOptions) {
        self.operation = operation
        self.options = options
    }

    package static func enroll(
        _ request: EnrollRequest,
        pin: consuming Secret?
    ) async -> Result<EnrolledKey, ProviderError> {
        let call = Call(.ssh(.enroll, application: request.application), request.options)
        return await call.run(pin) { key throws(UserVerificationError) in try await request.run(on: key) }
    }

    package static func sign(_ request: SignRequest, pin: consuming Secret?) async -> Result<Signature, ProviderError> {
        let call = Call(.ssh(.sign, application: request.application), request.options)
        let hasPIN = pin != nil
        return await call.run(pin) { key throws(UserVerificationError) in
            try await request.run(on: key, hasPIN: hasPIN)
        }
    }

    package static func loadResidentKeys(
        _ options: CallOptions,
        pin: consuming Secret?
    ) async -> Result<[ResidentKey], ProviderError> {
        let call = Call(.ssh(.load, application: "ssh:"), options)
        return await call.run(pin, chosenByTouch: true) { key throws(UserVerificationError) in
            try await LoadResidentKeys.run(on: key)
        }
    }

    private func run<Value: Sendable>(
        _ pin: consuming Secret?,
        chosenByTouch: Bool = false,
        _ body: @escaping @Sendable (OpenKey) async throws(UserVerificationError) -> Value
    ) async -> Result<Value, ProviderError> {
        let terminal = UserTerminal()
        do throws(Failure) {
            return .success(try await use(pin, terminal.isThere, chosenByTouch, body))
        } catch {
            let failure = error.forSSH
            Diagnostics.report(failure.message, detail: failure.detail, hint: failure.hint)
            return .failure(ProviderError(error.code))
        }
    }

    private func use<Value: Sendable>(
        _ pin: consuming Secret?,
        _ hasTerminal: Bool,
        _ chosenByTouch: Bool,
        _ body: @escaping @Sendable (OpenKey) async throws(UserVerificationError) -> Value
    ) async throws(Failure) -> Value {
        let reporter = ActivityReporter(for: operation, by: Deadline(after: Self.timeLimit), events: nil)
        let keys = SecurityKeys(try source(), interaction: GivenPIN(pin, reporter))
        // Without a terminal nobody would learn what the call waits for.
        if !hasTerminal, await keys.present().isEmpty { throw Failure(.noKey, .noKey) }
        let outcome: Result<Value, SecurityKeysError<UserVerificationError>> = await reporter.during {
            do throws(SecurityKeysError<UserVerificationError>) {
                return .success(
                    try await keys.withKey(within: Self.timeLimit, chosenByTouch: chosenByTouch) {
                        key throws(UserVerificationError) in
                        try await key.explainingMissingPIN { () throws(UserVerificationError) in try await body(key) }
                    }.value
                )
            } catch {
                return .failure(error)
            }
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let error): throw Failure(onNoKey: error, site: operation.site)
        }
    }

    private func source() throws(Failure) -> PluggedKeys {
        guard let path = options.device else { return PluggedKeys() }
        do throws(CTAPHIDError) {
            let node = try DeviceList.node(ofKeyAt: path)
            return PluggedKeys { $0.path == node }
        } catch {
            throw .transport(error, key: TerminalText.escape(path))
        }
    }
}

extension OpenKey {
    /// Adds to a failure for want of a PIN how many tries are left, which OpenSSH's own prompt does not say.
    fileprivate func explainingMissingPIN<Value>(
        _ body: () async throws(UserVerificationError) -> Value
    ) async throws(UserVerificationError) -> Value {
        do throws(UserVerificationError) {
            return try await body()
        } catch {
            guard case .pinNeeded = error else { throw error }
            let retries = try await perform { () throws(SessionError) in
                try await session.getPINRetries(operation).retries
            }
            guard retries > 0 else { throw .session(.status(.pinBlocked, .clientPIN)) }
            throw .interaction(
                Failure(
                    .pinRequired,
                    .sshAsksForPIN(KeyName(description).name, retries: retries),
                    hint: retries == 1 ? .retriesLeft(retries) : nil
                )
            )
        }
    }
}

extension Failure {
    /// As OpenSSH's user reads it: without hints about fidoctl's options, and in one line if the key is another one, since ssh
    /// then goes on.
    fileprivate var forSSH: Failure {
        var failure = self
        if [.noCredential, .timedOut, .protocol, .unsupported].contains(code) { failure.hint = nil }
        if code == .noCredential { failure.detail = nil }
        return failure
    }
}
