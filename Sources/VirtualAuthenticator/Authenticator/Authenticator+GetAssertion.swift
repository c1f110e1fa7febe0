import CTAP2

/// authenticatorGetAssertion (CTAP 2.1 §6.2.2) and authenticatorGetNextAssertion (§6.3); the steps are numbered as
/// there.
extension Authenticator {
    func getAssertion(_ request: GetAssertionParameters) throws(Refusal) -> CommandStep {
        try requireLimit(on: request.allowList)
        let extensionInputs = try extensions.assertInputs(request.extensions)
        if let probe = try probe(request.pinUVAuth) { return probe }  // 1
        let pinProtocol = try pinProtocol(of: request.pinUVAuth)  // 2
        var proof = try proof(request.pinUVAuth, by: pinProtocol, or: request.options.userVerification)  // 4
        guard request.options.residentKey == nil else { throw Refusal(.unsupportedOption) }
        let state = try store.read()
        if isAlwaysUv(state), request.options.userPresence != false {  // 5
            proof = try requireProof(proof, state)
        }
        let prompt = PresenceRequest(operation: .authenticate, relyingPartyID: request.rpId)
        return try check(proof, for: .getAssertion, prompt, clientDataHash: request.clientDataHash) {  // 6
            [unowned self] evidence throws(Refusal) in
            let credentials = try credentials(for: request, isVerified: evidence.isVerified)  // 7
            let isPresent = request.options.userPresence != false
            guard !credentials.isEmpty || isPresent && settings.touchesBeforeNoCredentials else {
                throw Refusal(.noCredentials)
            }
            let context = AssertionContext(
                rpId: request.rpId,
                clientDataHash: request.clientDataHash,
                extensionInputs: extensionInputs,
                isUserPresent: isPresent,
                isUserVerified: evidence.isVerified,
                token: evidence.token
            )
            guard context.isUserPresent else {  // 8, 9
                return .finished(try firstAssertion(by: credentials, in: context))
            }
            return try requirePresence(evidence, prompt) { [unowned self] () throws(Refusal) in
                .finished(try firstAssertion(by: credentials, in: context))
            }
        }
    }

    /// authenticatorGetNextAssertion: signs with the next account.
    func getNextAssertion() throws(Refusal) -> CommandStep {
        guard
            case .assertions(var rest) = stateful, let credential = rest.credentials.popFirst(), now <= rest.deadline,
            rest.context.token == nil
                || rest.context.token == user.token?.bytes && user.token?.isInUse(at: now) == true
        else {
            stateful = nil
            throw Refusal(.notAllowed)
        }
        rest.deadline = now + StatefulCommand.lifetime
        let response = try assertion(by: credential, in: rest.context)
        stateful = .assertions(rest)
        return .finished(response)
    }

    /// 7: the applicable credentials, starting with the newest or with the first in the list.
    private func credentials(
        for request: GetAssertionParameters,
        isVerified: Bool
    ) throws(Refusal) -> ArraySlice<Credential> {
        let state = try store.read()
        let isDiscovery = request.allowList.entryCount == 0
        let all =
            isDiscovery
            ? try discoverableCredentials(rpId: request.rpId, state: state)
            : try credentials(in: request.allowList, rpId: request.rpId, state: state)
        let found = all.filter { $0.protection.shows(isListed: !isDiscovery, isVerified: isVerified) }
        return isDiscovery ? found[...] : found.prefix(1)
    }

    /// 11 and 12: the first account's assertion; getNextAssertion returns the others.
    private func firstAssertion(
        by credentials: ArraySlice<Credential>,
        in context: AssertionContext
    ) throws(Refusal) -> CBORMap {
        guard let first = credentials.first else { throw Refusal(.noCredentials) }
        var response = try assertion(by: first, in: context)
        guard credentials.count > 1 else { return response }
        response[0x05] = .int(credentials.count)
        stateful = .assertions(
            RemainingAssertions(
                context: context,
                credentials: credentials.dropFirst(),
                deadline: now + StatefulCommand.lifetime
            )
        )
        return response
    }

    /// 10 and 13: runs extensions, increments the counter, and signs.
    private func assertion(by credential: Credential, in context: AssertionContext) throws(Refusal) -> CBORMap {
        let outputs = try extensions.assert(
            context.extensionInputs,
            with: credential.extensionData,
            ExtensionContext(
                rpId: context.rpId,
                isUserPresent: context.isUserPresent,
                isUserVerified: context.isUserVerified,
                key: self
            )
        )
        let counter = try store.change { state throws(Refusal) in
            state.signatureCounter &+= 1
            return state.signatureCounter
        }
        let data = AuthenticatorDataWriter(
            rpId: context.rpId,
            userPresent: context.isUserPresent,
            userVerified: context.isUserVerified,
            signatureCounter: counter,
            extensions: outputs.authenticatorData
        ).bytes
        guard let signature = try? credential.key.signature(over: data + context.clientDataHash) else {
            throw Refusal(.other)
        }
        var response: CBORMap = [
            0x01: .map(["id": .bytes(credential.id), "type": "public-key"]),
            0x02: .bytes(data),
            0x03: .bytes(signature),
        ]
        response.merge(outputs.members)
        response[0x04] = credential.user.map { .map($0.entity(withNames: context.isUserVerified)) }
        return response
    }
}

extension UserAccount {
    /// The account in a response, with its names only for a verified user (CTAP 2.1 §6.2.2).
    func entity(withNames: Bool) -> CBORMap {
        var entity: CBORMap = ["id": .bytes(id)]
        guard withNames else { return entity }
        entity["name"] = name.map { .text($0) }
        entity["displayName"] = displayName.map { .text($0) }
        return entity
    }
}
