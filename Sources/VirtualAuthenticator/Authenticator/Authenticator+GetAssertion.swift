import CTAP2

/// authenticatorGetAssertion (CTAP 2.1 §6.2.2) and authenticatorGetNextAssertion (§6.3); the steps are numbered as there.
extension Authenticator {
    func getAssertion(_ request: GetAssertionParameters) throws(Refusal) -> CommandStep {
        try demandLimit(on: request.allowList)
        if let probe = try probe(request.pinUVAuth) { return probe }  // 1
        let pinProtocol = try pinProtocol(of: request.pinUVAuth)  // 2
        var proof = try proof(request.pinUVAuth, by: pinProtocol, or: request.options.userVerification)  // 4
        guard request.options.residentKey == nil else { throw Refusal(.unsupportedOption) }
        if verification.alwaysUv == true, request.options.userPresence != false {  // 5
            proof = try demandProof(proof, store.read())
        }
        let prompt = PresenceRequest(operation: .authenticate, relyingPartyID: request.rpId)
        return try check(proof, for: .getAssertion, prompt, clientDataHash: request.clientDataHash) {  // 6
            [self] evidence throws(Refusal) in
            try getAssertion(request, prompt, evidence)
        }
    }

    private func getAssertion(
        _ request: GetAssertionParameters,
        _ prompt: PresenceRequest,
        _ evidence: UserEvidence
    ) throws(Refusal) -> CommandStep {
        let state = try store.read()  // 7
        let isDiscovery = request.allowList.entryCount == 0
        let found =
            isDiscovery
            ? try discoverableCredentials(rpId: request.rpId, state: state)
            : try credentials(in: request.allowList, rpId: request.rpId, state: state)
        guard !found.isEmpty else { throw Refusal(.noCredentials) }
        let chosen = isDiscovery ? found[...] : found.prefix(1)

        guard request.options.userPresence != false else {  // 8, 9
            return .finished(try firstAssertion(by: chosen, for: request, evidence, userPresent: false))
        }
        return try demandPresence(evidence, prompt) { [self] () throws(Refusal) in
            .finished(try firstAssertion(by: chosen, for: request, evidence, userPresent: true))
        }
    }

    /// authenticatorGetNextAssertion: the same again with the next account.
    func getNextAssertion() throws(Refusal) -> CommandStep {
        guard
            var rest = remembered, let credential = rest.credentials.popFirst(), now <= rest.deadline,
            rest.token == nil || rest.token == user.token?.bytes && user.token?.isInUse(at: now) == true
        else {
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
        _ evidence: UserEvidence,
        userPresent: Bool
    ) throws(Refusal) -> CBORMap {
        var rest = RememberedAssertions(
            rpId: request.rpId,
            clientDataHash: request.clientDataHash,
            userPresent: userPresent,
            userVerified: evidence.isVerified,
            token: evidence.token,
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
            rpId: context.rpId,
            userPresent: context.userPresent,
            userVerified: context.userVerified,
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
        response[0x04] = credential.user.map { .map($0.entity(withNames: context.userVerified)) }
        return response
    }
}

extension UserAccount {
    /// The account in an assertion; names are for verified users only (CTAP 2.1 §6.2.2).
    fileprivate func entity(withNames: Bool) -> CBORMap {
        var entity: CBORMap = ["id": .bytes(id)]
        guard withNames else { return entity }
        entity["name"] = name.map { .text($0) }
        entity["displayName"] = displayName.map { .text($0) }
        return entity
    }
}
