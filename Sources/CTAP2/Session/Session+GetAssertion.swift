extension Session {
    /// More accounts than any key holds for one relying party; a larger count is an error.
    private static let accountLimit = 1_000

    /// Returns an assertion for every matching account, in the key's order (CTAP 2.3 §6.2, §6.3).
    ///
    /// All responses are fetched in one job, since any other command makes the key discard them. An allow list that
    /// does not fit into one request is searched first. Every response has its `credential` set. The caller must check
    /// signature, flags and relying party.
    public func getAssertion(
        _ request: GetAssertionRequest,
        _ operation: Operation
    ) async throws(SessionError) -> [GetAssertionResponse] {
        let info = try await getInfo(operation)
        if isU2F == true { return [try await getU2FAssertion(request, operation)] }
        guard !request.allowList.isEmpty else { return try await assertions(request, operation) }
        var bare = request
        bare.allowList = []
        let preflight = Preflight(
            info: info,
            bareRequestSize: bare.message.count,
            probe: GetAssertionRequest(
                probing: request.rpId,
                clientDataHash: request.clientDataHash,
                authorization: request.authorization
            )
        )
        return try await send(with: request.allowList, preflight, operation) { list throws(SessionError) in
            var fitting = request
            fitting.allowList = list.isEmpty ? [.unmatchable] : list
            return try await assertions(fitting, operation)
        }
    }

    private func assertions(
        _ request: GetAssertionRequest,
        _ operation: Operation
    ) async throws(SessionError) -> [GetAssertionResponse] {
        try await job { exchange throws(SessionError) in
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
}

extension PublicKeyCredentialDescriptor {
    /// A credential that no key has. An empty list would allow any credential; with this one the key itself refuses.
    fileprivate static let unmatchable = PublicKeyCredentialDescriptor(id: [0])
}
