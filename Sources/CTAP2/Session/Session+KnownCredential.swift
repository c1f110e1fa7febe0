extension Session {
    /// The credential of the request's allow list that the key holds, found without a touch; `nil` if it holds none.
    ///
    /// An empty list asks for any discoverable credential. Credentials that require user verification are found only with
    /// the request's authorization. Throws status `unsupportedOption` for a key that does not answer without a touch.
    public func knownCredential(
        for request: GetAssertionRequest,
        _ operation: Operation
    ) async throws(SessionError) -> PublicKeyCredentialDescriptor? {
        let probe = GetAssertionRequest(
            probing: request.rpId,
            clientDataHash: request.clientDataHash,
            authorization: request.authorization
        )
        let info = try await getInfo(operation)
        if isU2F == true { return try await knownToU2F(request.allowList, rpId: request.rpId, operation) }
        let preflight = Preflight(info: info, bareRequestSize: probe.message.count, probe: probe)
        guard !request.allowList.isEmpty else { return try await preflight.discoverable(self, operation) }
        guard let found = try await preflight.search(preflight.plausible(request.allowList), self, operation) else {
            throw .status(.unsupportedOption, .getAssertion)
        }
        return found.first
    }
}
