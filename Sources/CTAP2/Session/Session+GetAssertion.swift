public import CTAPHID

extension Session {
    /// More accounts than any key holds for one relying party; a key that announces more is not believed.
    private static let accountLimit = 1_000

    /// Logs in, and returns a response for every account that matches, in the key's order (CTAP 2.3 §6.2, §6.3).
    ///
    /// The responses are fetched in one go, since any other command makes the key forget them. An allow list that the
    /// key does not take in one request is searched first. In every response `credential` is set. Whether signature,
    /// flags and relying party are right is for the caller to judge.
    public func getAssertion(
        _ request: GetAssertionRequest,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(SessionError) -> [GetAssertionResponse] {
        let info = try await getInfo(by: deadline)
        let request = try await withFittingAllowList(request, info: info, by: deadline, onKeepalive: onKeepalive)
        let maximum = info.maxMsgSize
        return try await connection.run { channel throws(SessionError) in
            var responses = [
                try GetAssertionResponse(
                    channel.exchange(
                        .getAssertion,
                        request.cbor,
                        maximum: maximum,
                        by: deadline,
                        onKeepalive: onKeepalive
                    ),
                    to: request,
                    command: .getAssertion
                )
            ]
            let count = responses.first?.numberOfCredentials ?? 1
            guard count <= Self.accountLimit else {
                throw .malformed(.cbor(.unexpected(member: "numberOfCredentials")), .getAssertion)
            }
            while responses.count < count {
                let members = try channel.exchange(
                    .getNextAssertion,
                    nil,
                    maximum: maximum,
                    by: deadline,
                    onKeepalive: onKeepalive
                )
                responses.append(try GetAssertionResponse(members, to: request, command: .getNextAssertion))
            }
            return responses
        }
    }

    private func withFittingAllowList(
        _ request: GetAssertionRequest,
        info: AuthenticatorInfo,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void
    ) async throws(SessionError) -> GetAssertionRequest {
        guard !request.allowList.isEmpty else { return request }
        var fitting = request
        fitting.allowList = []
        let list = try await self.fitting(
            request.allowList,
            bareRequestSize: CTAPCommand.getAssertion.message(fitting.cbor).count,
            probe: GetAssertionRequest(
                probing: request.rpId,
                clientDataHash: request.clientDataHash,
                pinUvAuthParam: request.pinUvAuthParam,
                pinUvAuthProtocol: request.pinUvAuthProtocol
            ),
            info: info,
            by: deadline,
            onKeepalive: onKeepalive
        )
        fitting.allowList = list.isEmpty ? [.noKeys] : list
        return fitting
    }
}

extension PublicKeyCredentialDescriptor {
    /// No key's credential: keeps a list from being empty, which would mean any credential, and lets the key refuse in
    /// its own way.
    fileprivate static let noKeys = PublicKeyCredentialDescriptor(id: [0])
}

extension GetAssertionResponse {
    /// Reads a response and sees to it that it names a credential that was asked for.
    init(_ members: CBORMap, to request: GetAssertionRequest, command: CTAPCommand) throws(SessionError) {
        do throws(ResponseError) {
            try self.init(cbor: members)
        } catch {
            throw .malformed(error, command)
        }
        let allowed = request.allowList
        if credential == nil, allowed.count == 1 { credential = allowed.first }
        guard let credential else { throw .malformed(.cbor(.missing(member: "credential")), command) }
        guard allowed.isEmpty || allowed.contains(where: { $0.id == credential.id }) else {
            throw .malformed(.cbor(.unexpected(member: "credential")), command)
        }
    }
}
