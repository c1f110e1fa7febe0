public import CTAP2

extension WebAuthnClient {
    /// Makes a credential (WebAuthn L3 §5.1.3).
    ///
    /// Checks that the response answers the request; judging its attestation statement is up to the relying party.
    public func register(
        _ options: CreationOptions,
        for caller: Caller,
        _ operation: Operation
    ) async throws(CeremonyError) -> Registration {
        try options.check(for: caller)
        let excluded = try options.extensions.appID("appidExclude", for: caller)
        let clientData = caller.clientData(.create, challenge: options.challenge)
        let info = try await getInfo(operation)
        let extensions = try self.extensions(for: options, key: info)
        var options = options
        if extensions.contains(where: \.requiresUserVerification) { options.userVerification = .required }
        let request = try makeCredentialRequest(options, clientData: clientData, info: info)
        // An exclude list that is too long for one request is searched with the same token.
        let own: PINUVAuthPermissions =
            request.excludeList.isEmpty ? .makeCredential : [.makeCredential, .getAssertion]
        let authorization = Authorization(
            .makeCredential(discoverable: request.options.rk),
            permissions: extensions.reduce(own) { $0.union($1.permissions) },
            rpId: options.rp.id,
            requirement: options.userVerification
        )
        let (made, outputs) = try await run(authorization, operation) { verification throws(SessionError) in
            try await self.answer(to: request, verification, extensions, excluded, operation)
        }
        let transports = info.transports.isEmpty ? ["usb"] : info.transports
        let expected = options.pendingRequest(from: caller)
        do throws(VerificationError) {
            return try options.registration(
                made,
                expected,
                clientData: clientData,
                transports: transports,
                clientExtensionResults: outputs
            )
        } catch {
            throw .notVerified(error)
        }
    }

    private func extensions(
        for options: CreationOptions,
        key: AuthenticatorInfo
    ) throws(CeremonyError) -> [any RegistrationExtension] {
        do throws(ExtensionError) {
            return try extensions.asked(options, key: key)
        } catch {
            throw CeremonyError(error)
        }
    }

    /// The new credential, with the outputs of its extensions.
    private func answer(
        to request: MakeCredentialRequest,
        _ verification: UserVerification,
        _ extensions: [any RegistrationExtension],
        _ excluded: AppID?,
        _ operation: Operation
    ) async throws(SessionError) -> (MakeCredentialResponse, ClientExtensionOutputs) {
        var request = request
        verification.authorize(&request) { $0.options.uv = true }
        if let excluded { try await exclude(excluded, for: request, operation) }
        var active = extensions
        for index in active.indices {
            try await active[index].prepare(&request, session, operation)
        }
        let made = try await session.makeCredential(request, operation)
        var outputs = ClientExtensionOutputs()
        if excluded != nil { outputs.members["appidExclude"] = .bool(true) }
        for one in active {
            do throws(ResponseError) {
                try one.finish(made, into: &outputs)
            } catch {
                throw .malformed(error, .makeCredential)
            }
        }
        return (made, outputs)
    }

    private func makeCredentialRequest(
        _ options: CreationOptions,
        clientData: SignedClientData,
        info: AuthenticatorInfo
    ) throws(CeremonyError) -> MakeCredentialRequest {
        if options.residentKey == .required, !info.options.rk { throw .noDiscoverableCredentials }
        let isDiscoverable = options.residentKey != .discouraged && info.options.rk
        let asksForEnterprise = options.attestation == .enterprise && info.options.ep == true
        return MakeCredentialRequest(
            clientDataHash: clientData.hash,
            rp: options.rp,
            user: options.user.withFittingNames,
            pubKeyCredParams: options.algorithms.map { PublicKeyCredentialParameters(alg: $0) },
            excludeList: options.excludeCredentials,
            options: MakeCredentialRequest.Options(rk: isDiscoverable),
            enterpriseAttestation: asksForEnterprise ? options.enterpriseAttestation.rawValue : nil,
            attestationFormatsPreference: info.takesAttestationFormats ? options.requestedFormats : []
        )
    }
}

extension CreationOptions {
    /// The formats to ask the key for: without attestation, a key need not make a statement (WebAuthn L3 §5.1.3).
    fileprivate var requestedFormats: [String] {
        attestation == .none ? ["none"] : attestationFormats
    }
}
