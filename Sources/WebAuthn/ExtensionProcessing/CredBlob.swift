import CTAP2

/// credBlob (CTAP 2.3 §12.2): a few bytes that the key stores with the new credential.
struct CredBlob: RegistrationExtension {
    fileprivate static let identifier = "credBlob"

    private let blob: [UInt8]

    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard let input = options.extensions[Self.identifier] else { return nil }
        blob = try input.bytes()
        guard key.extensions.contains(Self.identifier) else { return nil }
    }

    func prepare(_ request: inout MakeCredentialRequest, _: Session, _: Operation) {
        request.extensions[.text(Self.identifier)] = .bytes(blob)
    }

    func finish(_ response: MakeCredentialResponse, into outputs: inout ClientExtensionOutputs) {
        let isStored = response.authData.extensions?[.text(Self.identifier)] == true
        outputs.members[Self.identifier] = .bool(isStored)
    }
}

/// getCredBlob (CTAP 2.3 §12.2): the bytes that were stored with the credential.
struct GetCredBlob: AuthenticationExtension {
    private static let name = "getCredBlob"

    init?(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard try options.extensions.flag(Self.name), key.extensions.contains(CredBlob.identifier) else { return nil }
    }

    func prepare(_ request: inout GetAssertionRequest, _: Session, _: Operation) {
        request.extensions[.text(CredBlob.identifier)] = true
    }

    func finish(
        _ response: GetAssertionResponse,
        token _: PINUVAuthToken?,
        _: Session,
        _: Operation,
        into outputs: inout ClientExtensionOutputs
    ) {
        let blob = response.authData.extensions?[.text(CredBlob.identifier)]?.bytes
        outputs.members[Self.name] = blob.map { .string(Base64URL.encode($0)) }
    }
}
