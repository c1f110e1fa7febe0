extension Session {
    /// More accounts than any key holds for one relying party; a key that announces more is not believed.
    private static let accountLimit = 1_000

    /// Logs in, and returns a response for every account that matches, in the key's order (CTAP 2.3 §6.2, §6.3).
    ///
    /// The responses are fetched in one job, since any other command makes the key forget them. An allow list that the
    /// key does not take in one request is searched first. In every response `credential` is set. Whether signature,
    /// flags and relying party are right is for the caller to judge.
    public func getAssertion(
        _ request: GetAssertionRequest,
        _ operation: Operation
    ) async throws(SessionError) -> [GetAssertionResponse] {
        let info = try await getInfo(operation)
        let request = try await withFittingAllowList(request, info: info, operation)
        return try await job { exchange throws(SessionError) in
            let first = try exchange.send(request, operation)
            let count = first.numberOfCredentials ?? 1
            guard count <= Self.accountLimit else {
                throw .malformed(.cbor(.unexpected(member: "numberOfCredentials")), .getAssertion)
            }
            var responses = [first]
            while responses.count < count {
                responses.append(try exchange.send(GetNextAssertionRequest(first: request), operation))
            }
            return responses
        }
    }

    private func withFittingAllowList(
        _ request: GetAssertionRequest,
        info: AuthenticatorInfo,
        _ operation: Operation
    ) async throws(SessionError) -> GetAssertionRequest {
        guard !request.allowList.isEmpty else { return request }
        var fitting = request
        fitting.allowList = []
        let list = try await self.fitting(
            request.allowList,
            bareRequestSize: fitting.message.count,
            probe: GetAssertionRequest(
                probing: request.rpId,
                clientDataHash: request.clientDataHash,
                authorization: request.authorization
            ),
            info: info,
            operation
        )
        fitting.allowList = list.isEmpty ? [.unmatchable] : list
        return fitting
    }
}

extension PublicKeyCredentialDescriptor {
    /// A credential that no key has: keeps a list from being empty, which would mean any credential, and lets the key
    /// refuse in its own way.
    fileprivate static let unmatchable = PublicKeyCredentialDescriptor(id: [0])
}
