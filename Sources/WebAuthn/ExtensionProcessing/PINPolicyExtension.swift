import CTAP2

/// An extension by which a relying party learns about the key's PIN policy, if the key discloses it to that relying party.
/// The output is in authenticator data only.
protocol PINPolicyExtension: RegistrationExtension {
    static var identifier: String { get }

    init()
}

extension PINPolicyExtension {
    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard try options.extensions.flag(Self.identifier), key.extensions.contains(Self.identifier) else { return nil }
        self.init()
    }

    func prepare(_ request: inout MakeCredentialRequest, _: Session, _: Operation) {
        request.extensions[.text(Self.identifier)] = true
    }

    func finish(_: MakeCredentialResponse, into _: inout ClientExtensionOutputs) {}
}
