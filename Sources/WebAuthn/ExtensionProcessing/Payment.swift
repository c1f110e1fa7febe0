import CTAP2

/// payment (Secure Payment Confirmation), which is thirdPartyPayment on the key (CTAP 2.3 §12.9): other sites may use the
/// credential for payments. Its output is in authenticator data only.
struct Payment: RegistrationExtension, AuthenticationExtension {
    private static let identifier: CBORValue = "thirdPartyPayment"

    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        try self.init(options.extensions, key)
    }

    init?(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        try self.init(options.extensions, key)
    }

    private init?(_ inputs: ClientExtensionInputs, _ key: AuthenticatorInfo) throws(ExtensionError) {
        let isPayment = try inputs["payment"]?.members()["isPayment"]?.flag() ?? false
        guard isPayment, key.extensions.contains("thirdPartyPayment") else { return nil }
    }

    func prepare(_ request: inout MakeCredentialRequest, _: Session, _: Operation) {
        request.extensions[Self.identifier] = true
    }

    func prepare(_ request: inout GetAssertionRequest, _: Session, _: Operation) {
        request.extensions[Self.identifier] = true
    }

    func finish(_: MakeCredentialResponse, into _: inout ClientExtensionOutputs) {}

    func finish(
        _: GetAssertionResponse,
        token _: PINUVAuthToken?,
        _: Session,
        _: Operation,
        into _: inout ClientExtensionOutputs
    ) {}
}
