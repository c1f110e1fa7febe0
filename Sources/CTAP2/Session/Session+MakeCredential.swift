extension Session {
    /// Makes a credential (CTAP 2.3 §6.1).
    ///
    /// An exclude list that the key does not take in one request is searched first. Whether the response is for the
    /// right relying party and algorithm is for the caller to judge.
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
