import CTAP2

/// prf in a registration (WebAuthn L3 §10.1.4): whether the credential has a secret, and secrets for salts where the
/// key returns them at once.
struct PRFRegistration: RegistrationExtension {
    private let isSupported: Bool
    /// `nil` unless the page gave values that this key takes in makeCredential.
    private let salts: HMACSecretSalts?
    private var use = HMACSecretUse.prf

    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard let input = options.extensions[PRF.identifier] else { return nil }
        let inputs = try PRFInputs(registration: input)
        isSupported = key.hasHMACSecret
        salts = key.hasHMACSecretMC ? inputs.salts(for: nil) : nil
    }

    var requiresUserVerification: Bool { salts != nil }

    mutating func prepare(
        _ request: inout MakeCredentialRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) {
        guard isSupported else { return }
        try await use.request(for: salts, in: &request, session, operation)
    }

    func finish(
        _ response: MakeCredentialResponse,
        into outputs: inout ClientExtensionOutputs
    ) throws(ResponseError) {
        let answers = response.authData.extensions ?? [:]
        let isEnabled = answers[.text(HMACSecretUse.identifier)] == true
        var output: [String: JSONValue] = ["enabled": .bool(isEnabled)]
        output["results"] = try use.secrets(in: answers[.text(HMACSecretUse.makeCredentialIdentifier)])
        outputs.members[PRF.identifier] = .object(output)
    }
}

/// prf in a login (WebAuthn L3 §10.1.4): the secrets of the credential that logs in.
struct PRFAuthentication: AuthenticationExtension {
    private let inputs: PRFInputs
    private let isSupported: Bool
    private var use = HMACSecretUse.prf

    init?(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard let input = options.extensions[PRF.identifier] else { return nil }
        inputs = try PRFInputs(input, allowing: options.allowCredentials)
        isSupported = key.hasHMACSecret
    }

    /// A key has another secret for users that it did not verify, which prf never uses.
    var requiresUserVerification: Bool { isSupported && inputs.hasValues }

    mutating func prepare(
        _ request: inout GetAssertionRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) {
        guard isSupported, inputs.hasValues else { return }
        if inputs.dependsOnCredential {
            guard let known = try await knownCredential(for: request, session, operation) else { return }
            // The salts are chosen for it, so no other credential may answer.
            request.allowList = [known]
        }
        guard let salts = inputs.salts(for: request.allowList.first?.id) else { return }
        request.extensions[.text(HMACSecretUse.identifier)] = try await use.begin(salts, session, operation)
    }

    /// The credential that will answer; `nil` if the key holds none or does not say without a touch.
    private func knownCredential(
        for request: GetAssertionRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) -> PublicKeyCredentialDescriptor? {
        guard request.allowList.count > 1 else { return request.allowList.first }
        do throws(SessionError) {
            return try await session.knownCredential(for: request, operation)
        } catch {
            guard error.status == .unsupportedOption else { throw error }
            return nil
        }
    }

    func finish(
        _ response: GetAssertionResponse,
        token _: PINUVAuthToken?,
        _: Session,
        _: Operation,
        into outputs: inout ClientExtensionOutputs
    ) throws(SessionError) {
        var output: [String: JSONValue] = [:]
        output["results"] = try use.secrets(in: response)
        outputs.members[PRF.identifier] = .object(output)
    }
}

private enum PRF {
    static let identifier = "prf"
}

extension HMACSecretUse {
    fileprivate static let prf = HMACSecretUse(first: "first", second: "second")

    /// The secrets in a login's response.
    func secrets(in response: GetAssertionResponse) throws(SessionError) -> JSONValue? {
        do throws(ResponseError) {
            return try secrets(in: response.authData.extensions?[.text(Self.identifier)])
        } catch {
            throw .malformed(error, .getAssertion)
        }
    }
}
