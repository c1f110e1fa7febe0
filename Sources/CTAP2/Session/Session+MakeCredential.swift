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
        var fitting = request
        fitting.excludeList = []
        fitting.excludeList = try await self.fitting(
            request.excludeList,
            bareRequestSize: fitting.message.count,
            probe: GetAssertionRequest(
                probing: request.rp.id,
                clientDataHash: request.clientDataHash,
                authorization: request.authorization
            ),
            info: info,
            operation
        )
        return try await send(fitting, operation)
    }
}
