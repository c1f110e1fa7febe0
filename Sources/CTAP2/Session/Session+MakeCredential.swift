public import CTAPHID

extension Session {
    /// Makes a credential (CTAP 2.3 §6.1).
    ///
    /// An exclude list that the key does not take in one request is searched first. Whether the response is for the
    /// right relying party and algorithm is for the caller to judge.
    public func makeCredential(
        _ request: MakeCredentialRequest,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(SessionError) -> MakeCredentialResponse {
        let info = try await getInfo(by: deadline)
        var fitting = request
        fitting.excludeList = []
        fitting.excludeList = try await self.fitting(
            request.excludeList,
            bareRequestSize: CTAPCommand.makeCredential.message(fitting.cbor).count,
            probe: GetAssertionRequest(
                probing: request.rp.id,
                clientDataHash: request.clientDataHash,
                pinUvAuthParam: request.pinUvAuthParam,
                pinUvAuthProtocol: request.pinUvAuthProtocol
            ),
            info: info,
            by: deadline,
            onKeepalive: onKeepalive
        )
        let members = try await send(.makeCredential, fitting.cbor, by: deadline, onKeepalive: onKeepalive)
        do throws(ResponseError) {
            return try MakeCredentialResponse(cbor: members)
        } catch {
            throw .malformed(error, .makeCredential)
        }
    }
}
