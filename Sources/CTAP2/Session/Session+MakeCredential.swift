extension Session {
    /// Makes a credential (CTAP 2.3 §6.1).
    ///
    /// An exclude list that does not fit into one request is searched first. The caller must check the response's
    /// relying party and algorithm.
    public func makeCredential(
        _ request: MakeCredentialRequest,
        _ operation: Operation
    ) async throws(SessionError) -> MakeCredentialResponse {
        let info = try await getInfo(operation)
        if isU2F == true { return try await makeU2FCredential(request, operation) }
        var bare = request
        bare.excludeList = []
        let preflight = Preflight(
            info: info,
            bareRequestSize: bare.message.count,
            probe: GetAssertionRequest(
                probing: request.rp.id,
                clientDataHash: request.clientDataHash,
                authorization: request.authorization
            )
        )
        return try await send(with: request.excludeList, preflight, operation) { list throws(SessionError) in
            var fitting = request
            fitting.excludeList = list
            return try await send(fitting, operation)
        }
    }
}
