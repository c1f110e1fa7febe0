public import CTAP2

extension SecurityKeys {
    /// Makes a credential on the key that its user touches; waits for one if there is none (see `WebAuthnClient.register`).
    public func register(
        _ options: CreationOptions,
        for caller: Caller,
        within limit: Duration
    ) async throws(SecurityKeysError<CeremonyError>) -> (value: Registration, key: KeyDescription) {
        try await withKey(within: limit) { key throws(CeremonyError) in
            try await WebAuthnClient(key.session, interaction: key.user).register(options, for: caller, key.operation)
        }
    }

    /// Logs in with the key that its user touches; waits for one if there is none (see `WebAuthnClient.authenticate`).
    ///
    /// With `waitsForAnotherKey` keys without a matching credential do not end the login, which waits for another key.
    public func authenticate(
        _ options: RequestOptions,
        for caller: Caller,
        within limit: Duration,
        waitsForAnotherKey: Bool = false
    ) async throws(SecurityKeysError<CeremonyError>) -> (value: [Authentication], key: KeyDescription) {
        try await withKey(within: limit, waitsForAnotherKey: waitsForAnotherKey) { key throws(CeremonyError) in
            try await WebAuthnClient(key.session, interaction: key.user)
                .authenticate(options, for: caller, key.operation)
        }
    }
}
