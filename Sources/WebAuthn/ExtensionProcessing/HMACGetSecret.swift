import CTAP2

/// hmacCreateSecret (CTAP 2.3 §12.7): gives the credential a secret; with hmacGetSecret, uses it at once where the key
/// can.
struct HMACCreateSecret: RegistrationExtension {
    private static let name = "hmacCreateSecret"

    private let salts: HMACSecretSalts?
    private var use = HMACSecretUse.raw

    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard try options.extensions.flag(Self.name) else { return nil }
        let salts = try options.extensions.hmacSecretSalts()
        guard key.hasHMACSecret else { return nil }
        self.salts = key.hasHMACSecretMC ? salts : nil
    }

    mutating func prepare(
        _ request: inout MakeCredentialRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) {
        try await use.request(for: salts, in: &request, session, operation)
    }

    func finish(
        _ response: MakeCredentialResponse,
        into outputs: inout ClientExtensionOutputs
    ) throws(ResponseError) {
        let answers = response.authData.extensions ?? [:]
        outputs.members[Self.name] = .bool(answers[.text(HMACSecretUse.identifier)] == true)
        let secrets = try use.secrets(in: answers[.text(HMACSecretUse.makeCredentialIdentifier)])
        if let secrets { outputs.members[HMACGetSecret.name] = secrets }
    }
}

/// hmacGetSecret (CTAP 2.3 §12.7): the credential's secrets for salts of 32 bytes, for verified users others than for
/// those who are not.
struct HMACGetSecret: AuthenticationExtension {
    fileprivate static let name = "hmacGetSecret"

    private let salts: HMACSecretSalts
    private var use = HMACSecretUse.raw

    init?(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard let salts = try options.extensions.hmacSecretSalts(), key.hasHMACSecret else { return nil }
        self.salts = salts
    }

    mutating func prepare(
        _ request: inout GetAssertionRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) {
        request.extensions[.text(HMACSecretUse.identifier)] = try await use.begin(salts, session, operation)
    }

    func finish(
        _ response: GetAssertionResponse,
        token _: PINUVAuthToken?,
        _: Session,
        _: Operation,
        into outputs: inout ClientExtensionOutputs
    ) throws(SessionError) {
        if let secrets = try use.secrets(in: response) { outputs.members[Self.name] = secrets }
    }
}

extension HMACSecretUse {
    fileprivate static let raw = HMACSecretUse(first: "output1", second: "output2")
}

extension ClientExtensionInputs {
    /// The input hmacGetSecret; `nil` if it is absent.
    fileprivate func hmacSecretSalts() throws(ExtensionError) -> HMACSecretSalts? {
        guard let input = self[HMACGetSecret.name] else { return nil }
        guard self["prf"] == nil else {
            throw input.error(.notSupported, "it excludes prf, which uses the same secret")
        }
        let members = try input.members()
        let salts = HMACSecretSalts(
            try members["salt1"]?.bytes() ?? [],
            try members["salt2"].map { salt throws(ExtensionError) in try salt.bytes() }
        )
        guard let salts else { throw input.wrong("an object with salt1 and perhaps salt2, 32 bytes each") }
        return salts
    }
}
