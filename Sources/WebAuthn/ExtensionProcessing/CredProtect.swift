import CTAP2

/// credProtect (CTAP 2.3 §12.1): what finding the new credential requires. Its output is in authenticator data only.
struct CredProtect: RegistrationExtension {
    private static let identifier = "credProtect"

    private let policy: CredentialProtectionPolicy

    /// Throws if the page enforces a policy that the key does not know.
    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        let isEnforced = try options.extensions.flag("enforceCredentialProtectionPolicy")
        guard let input = options.extensions["credentialProtectionPolicy"] else { return nil }
        guard let policy = CredentialProtectionPolicy(rawValue: try input.text()) else {
            throw input.wrong(CredentialProtectionPolicy.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard key.extensions.contains(Self.identifier) else {
            if isEnforced, policy != .userVerificationOptional { throw .notSupported(Self.identifier) }
            return nil
        }
        self.policy = policy
    }

    func prepare(_ request: inout MakeCredentialRequest, _: Session, _: Operation) {
        request.extensions[.text(Self.identifier)] = .int(policy.level)
    }

    func finish(_: MakeCredentialResponse, into _: inout ClientExtensionOutputs) {}
}
