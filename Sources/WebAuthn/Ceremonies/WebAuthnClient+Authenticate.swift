public import CTAP2

extension WebAuthnClient {
    /// Logs in (WebAuthn L3 §5.1.4). Returns at least one account: all that match, in the key's order.
    ///
    /// The signature is not verified, which requires the credential's public key: see `AuthenticationResponse.verify`.
    public func authenticate(
        _ options: RequestOptions,
        for caller: Caller,
        _ operation: Operation
    ) async throws(CeremonyError) -> [Authentication] {
        try options.check(for: caller)
        var appID = try options.appIDInput(for: caller)
        let clientData = caller.clientData(.get, challenge: options.challenge)
        let extensions = try self.extensions(for: options, key: try await getInfo(operation))
        var options = options
        if extensions.contains(where: \.requiresUserVerification) {
            options.userVerification = .required
            appID?.isUsable = false
        }
        let request = GetAssertionRequest(
            rpId: options.rpId,
            clientDataHash: clientData.hash,
            allowList: options.allowCredentials
        )
        let authorization = Authorization(
            .getAssertion,
            permissions: extensions.reduce(.getAssertion) { $0.union($1.permissions) },
            rpId: options.rpId,
            requirement: options.userVerification
        )
        let answers = try await run(authorization, operation) { [appID] verification throws(SessionError) in
            try await self.answers(to: request, verification, extensions, appID, operation)
        }
        var authentications: [Authentication] = []
        for (assertion, outputs) in answers {
            do throws(VerificationError) {
                try options.pendingRequest(from: caller, appID, outputs).check(assertion.authData)
            } catch {
                throw .notVerified(error)
            }
            let response = AuthenticationResponse(
                id: assertion.credential?.id ?? [],
                clientData: clientData,
                assertion: assertion,
                clientExtensionResults: outputs
            )
            authentications.append(
                Authentication(response: response, authData: assertion.authData, user: assertion.user)
            )
        }
        return authentications
    }

    private func extensions(
        for options: RequestOptions,
        key: AuthenticatorInfo
    ) throws(CeremonyError) -> [any AuthenticationExtension] {
        do throws(ExtensionError) {
            return try extensions.asked(options, key: key)
        } catch {
            throw CeremonyError(error)
        }
    }

    /// Every account's response, with the outputs of its extensions.
    private func answers(
        to request: GetAssertionRequest,
        _ verification: UserVerification,
        _ extensions: [any AuthenticationExtension],
        _ appID: AppIDInput?,
        _ operation: Operation
    ) async throws(SessionError) -> [(GetAssertionResponse, ClientExtensionOutputs)] {
        var request = request
        verification.authorize(&request) { $0.options.uv = true }
        var usesAppID: Bool?
        if let appID { usesAppID = try await useAppID(appID, in: &request, operation) }
        var active = extensions
        for index in active.indices {
            try await active[index].prepare(&request, session, operation)
        }
        var answers: [(GetAssertionResponse, ClientExtensionOutputs)] = []
        for response in try await session.getAssertion(request, operation) {
            var outputs = ClientExtensionOutputs()
            outputs.members["appid"] = usesAppID.map(JSONValue.bool)
            for index in active.indices {
                try await active[index].finish(response, token: verification.token, session, operation, into: &outputs)
            }
            answers.append((response, outputs))
        }
        return answers
    }
}

extension UserVerification {
    fileprivate var token: PINUVAuthToken? {
        if case .token(let token) = self { token } else { nil }
    }
}
