internal import CTAP2
public import CTAPHID

extension WebAuthnClient {
    /// Makes a credential (WebAuthn L3 §5.1.3).
    ///
    /// Checks that the response answers the request; judging its attestation statement is up to the relying party.
    public func register(
        _ options: CreationOptions,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(CeremonyError) -> Registration {
        let clientData = try options.source.clientData(.create, rpID: options.rp.id)
        let info = try await getInfo(by: deadline)
        let request = try makeCredentialRequest(options, clientData: clientData, info: info)
        let made = try await run(
            .makeCredential(discoverable: request.options.rk),
            rpId: options.rp.id,
            // An exclude list that is too long for one request is searched with the same token.
            permissions: request.excludeList.isEmpty ? .makeCredential : [.makeCredential, .getAssertion],
            options.userVerification,
            by: deadline,
            onKeepalive: onKeepalive
        ) { verification throws(SessionError) in
            var request = request
            request.authorize(with: verification)
            return try await session.makeCredential(request, by: deadline, onKeepalive: onKeepalive)
        }
        let transports = info.transports.isEmpty ? ["usb"] : info.transports
        do throws(VerificationError) {
            return try options.registration(made, clientData: clientData, transports: transports)
        } catch {
            throw .notVerified(error)
        }
    }

    private func makeCredentialRequest(
        _ options: CreationOptions,
        clientData: SignedClientData,
        info: AuthenticatorInfo
    ) throws(CeremonyError) -> MakeCredentialRequest {
        if options.residentKey == .required, !info.options.rk { throw .noDiscoverableCredentials }
        let isDiscoverable = options.residentKey != .discouraged && info.options.rk
        return MakeCredentialRequest(
            clientDataHash: clientData.hash,
            rp: options.rp,
            user: options.user,
            pubKeyCredParams: options.algorithms.map { PublicKeyCredentialParameters(alg: $0) },
            excludeList: options.excludeCredentials,
            options: MakeCredentialRequest.Options(rk: isDiscoverable),
            enterpriseAttestation: options.attestation == .enterprise && info.options.ep == true ? 2 : nil
        )
    }
}
