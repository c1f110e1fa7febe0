import CTAP2

/// credProps (WebAuthn L3 §10.1.3): whether the new credential is discoverable.
struct CredProps: RegistrationExtension {
    private var isDiscoverable = false

    init?(_ options: CreationOptions, key _: AuthenticatorInfo) throws(ExtensionError) {
        guard try options.extensions.flag("credProps") else { return nil }
    }

    mutating func prepare(_ request: inout MakeCredentialRequest, _: Session, _: Operation) {
        isDiscoverable = request.options.rk
    }

    func finish(_: MakeCredentialResponse, into outputs: inout ClientExtensionOutputs) {
        outputs.members["credProps"] = .object(["rk": .bool(isDiscoverable)])
    }
}
