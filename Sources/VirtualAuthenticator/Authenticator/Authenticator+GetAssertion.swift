import CTAP2

/// authenticatorGetAssertion (CTAP 2.1 §6.2.2) and authenticatorGetNextAssertion (§6.3); the steps are numbered as there.
///
/// The key is never "protected by some form of user verification", so steps 1, 5 and 6 do nothing.
extension Authenticator {
    func getAssertion(_ request: GetAssertionParameters) throws(Refusal) -> CommandStep {
        try demandLimit(on: request.allowList)
        try request.pinUVAuth.demandNone()  // 2
        guard request.options.userVerification != true else { throw Refusal(.invalidOption) }  // 4
        guard request.options.residentKey == nil else { throw Refusal(.unsupportedOption) }

        let state = try store.read()  // 7
        let isDiscovery = request.allowList.entryCount == 0
        let found =
            isDiscovery
            ? try discoverableCredentials(rpID: request.rpID, state: state)
            : try credentials(in: request.allowList, rpID: request.rpID, state: state)
        guard !found.isEmpty else { throw Refusal(.noCredentials) }
        let chosen = isDiscovery ? found[...] : found.prefix(1)

        guard request.options.userPresence != false else {  // 8, 9
            return .finished(try firstAssertion(by: chosen, for: request, userPresent: false))
        }
        return .waitForUser(PresenceRequest(operation: .authenticate, relyingPartyID: request.rpID)) {
            [self] outcome throws(Refusal) in
            try outcome.demandTouch(timeout: .operationDenied)
            return .finished(try firstAssertion(by: chosen, for: request, userPresent: true))
        }
    }

    /// authenticatorGetNextAssertion: the same again with the next account.
    func getNextAssertion() throws(Refusal) -> CommandStep {
        guard var rest = remembered, let credential = rest.credentials.popFirst(), now <= rest.deadline else {
            remembered = nil
            throw Refusal(.notAllowed)
        }
        rest.deadline = now + RememberedAssertions.lifetime
        let response = try assertion(by: credential, for: rest)
        remembered = rest
        return .finished(response)
    }

    /// 11 and 12: the first account's assertion; the others are remembered.
    private func firstAssertion(
        by credentials: ArraySlice<Credential>,
        for request: GetAssertionParameters,
        userPresent: Bool
    ) throws(Refusal) -> CBORMap {
        var rest = RememberedAssertions(
            rpID: request.rpID,
            clientDataHash: request.clientDataHash,
            userPresent: userPresent,
            credentials: credentials,
            deadline: now + RememberedAssertions.lifetime
        )
        guard let first = rest.credentials.popFirst() else { throw Refusal(.noCredentials) }
        var response = try assertion(by: first, for: rest)
        guard !rest.credentials.isEmpty else { return response }
        response[0x05] = .int(credentials.count)
        remembered = rest
        return response
    }

    /// 13: counts, and signs.
    private func assertion(by credential: Credential, for context: RememberedAssertions) throws(Refusal) -> CBORMap {
        let counter = try store.change { state throws(Refusal) in
            state.signatureCounter &+= 1
            return state.signatureCounter
        }
        let data = AuthenticatorDataWriter(
            rpID: context.rpID,
            userPresent: context.userPresent,
            userVerified: false,
            signatureCounter: counter
        ).bytes
        guard let signature = try? credential.key.signature(over: data + context.clientDataHash) else {
            throw Refusal(.other)
        }
        var response: CBORMap = [
            0x01: .map(["id": .bytes(credential.id), "type": "public-key"]),
            0x02: .bytes(data),
            0x03: .bytes(signature),
        ]
        // Names are for verified users only (CTAP 2.1 §6.2.2), so this key never gives them away.
        response[0x04] = credential.user.map { .map(["id": .bytes($0.id)]) }
        return response
    }
}
