import CTAP2
import CTAPHID
import WebAuthn
import Interaction

/// What the options of `fidoctl serve` say.
struct ServeSettings: Sendable {
    var access: KeyAccessOptions
    var trace: TraceFile?
    /// The only origins that may be served; all if it is empty.
    var origins: [Origin]

    func deadline(for request: CeremonyRequest) -> Deadline {
        Deadline(after: access.timeout(suggested: request.timeout) ?? access.timeout)
    }

    /// Throws for a request that is not served, or that no key could carry out.
    func check(_ request: CeremonyRequest) throws(ServedError) {
        guard origins.isEmpty || origins.contains(request.origin) else {
            let origin = TerminalText.escape(request.origin.description)
            throw ServedError(Failure(.denied, .originNotServed(origin), hint: .originNotServedHint), .security)
        }
        try request.check()
    }

    /// The use of a key for a request.
    func run(
        _ interaction: any KeyInteraction,
        _ reporter: ActivityReporter,
        by deadline: Deadline
    ) throws(ServedError) -> KeyRun {
        do throws(Failure) {
            return KeyRun(
                try access.selector.source(trace: trace, by: deadline),
                interaction,
                reporter,
                by: deadline,
                waitsForAnotherKey: access.selector == .any
            )
        } catch {
            throw ServedError(error)
        }
    }
}

extension KeyRun {
    /// Registers as the request says.
    func register(_ options: CreationOptions, for caller: Caller) async throws(ServedError) -> RegistrationResponse {
        let outcome = await outcome { keys, limit throws(SecurityKeysError<CeremonyError>) in
            try await keys.register(options, for: caller, within: limit)
        }
        return try value(of: outcome).response
    }

    /// Logs in as the request says, with every account that the key offers.
    func authenticate(_ options: RequestOptions, for caller: Caller) async throws(ServedError) -> [Authentication] {
        let outcome = await outcome { keys, limit throws(SecurityKeysError<CeremonyError>) in
            try await keys.authenticate(options, for: caller, within: limit, waitsForAnotherKey: waitsForAnotherKey)
        }
        return try value(of: outcome)
    }

    private func value<Value>(
        of outcome: Result<(value: Value, key: KeyName), SecurityKeysError<CeremonyError>>
    ) throws(ServedError) -> Value {
        switch outcome {
        case .success(let result): return result.value
        case .failure(let error):
            let failure = failure(for: error)
            guard case .failed(let cause, _, _) = error else { throw ServedError(failure) }
            throw ServedError(failure, DOMException(cause, failure.code))
        }
    }
}
