internal import CTAP2
public import CTAPHID

extension WebAuthnClient {
    /// Logs in (WebAuthn L3 §5.1.4); returns every account that matches, the key's first one first, at least one.
    ///
    /// Whether a signature holds can only be said with the credential's key: see `AuthenticationResponse.verify`.
    public func authenticate(
        _ options: RequestOptions,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(CeremonyError) -> [Authentication] {
        let clientData = try options.source.clientData(.get, rpID: options.rpID)
        let request = GetAssertionRequest(
            rpId: options.rpID,
            clientDataHash: clientData.hash,
            allowList: options.allowCredentials
        )
        let assertions = try await run(
            .getAssertion,
            rpId: options.rpID,
            permissions: .getAssertion,
            options.userVerification,
            by: deadline,
            onKeepalive: onKeepalive
        ) { verification throws(SessionError) in
            var request = request
            request.authorize(with: verification)
            return try await session.getAssertion(request, by: deadline, onKeepalive: onKeepalive)
        }
        var authentications: [Authentication] = []
        for assertion in assertions {
            do throws(VerificationError) {
                try options.pendingRequest.check(assertion.authData)
            } catch {
                throw .notVerified(error)
            }
            let response = AuthenticationResponse(
                id: assertion.credential?.id ?? [],
                clientData: clientData,
                assertion: assertion
            )
            authentications.append(
                Authentication(response: response, authData: assertion.authData, user: assertion.user)
            )
        }
        return authentications
    }
}
