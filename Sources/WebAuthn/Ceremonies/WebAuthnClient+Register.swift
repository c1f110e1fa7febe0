internal import CTAP2
public import CTAPHID

/// A new credential: what goes to the relying party, and what that will find in it.
public struct Registration: Hashable, Sendable {
    public let response: RegistrationResponse
    public let verified: VerifiedRegistration
}

extension WebAuthnClient {
    /// Makes a credential and checks it as the relying party will (WebAuthn L3 §5.1.3).
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
            let whole = RegistrationResponse(
                clientData: clientData,
                attestationObject: made.attestationObject,
                transports: transports
            )
            let verified = try whole.verify(options.pendingRequest, algorithms: options.algorithms)
            guard options.attestation == .none else { return Registration(response: whole, verified: verified) }
            let anonymous = RegistrationResponse(
                clientData: clientData,
                attestationObject: try verified.attestation.anonymized(),
                transports: transports
            )
            return Registration(
                response: anonymous,
                verified: try anonymous.verify(options.pendingRequest, algorithms: options.algorithms)
            )
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

extension AttestationObject {
    /// The object without what tells one model of key from another (WebAuthn L3 §5.1.3, attestation conveyance `none`).
    ///
    /// Self attestation with an AAGUID of zeros tells nothing and is kept.
    fileprivate func anonymized() throws(VerificationError) -> AttestationObject {
        let aaguid = authData.attestedCredentialData?.aaguid
        if fmt == "packed", attStmt["x5c"] == nil, aaguid == .zero { return self }
        var bytes = authData.bytes
        let start = AuthenticatorData.minimumLength
        bytes.replaceSubrange(start..<start + AAGUID.zero.bytes.count, with: AAGUID.zero.bytes)
        do throws(AuthenticatorDataError) {
            return AttestationObject(fmt: "none", authData: try AuthenticatorData(bytes), attStmt: [:])
        } catch {
            throw .authenticatorData(error)
        }
    }
}
