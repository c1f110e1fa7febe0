package import CTAP2

/// One extension in one registration, from before the request until after the response.
package protocol RegistrationExtension: Sendable {
    /// `nil` if the page did not request it or the key does not support it; throws for an invalid input.
    init?(_ inputs: ClientExtensionInputs, key: AuthenticatorInfo) throws(ExtensionInputError)

    /// The permissions that the operation's token needs for it, beyond making the credential.
    var permissions: PINUVAuthPermissions { get }

    /// Adds its input to the request. The user has been verified by then, so a wrong PIN cannot invalidate a key
    /// agreement made here.
    mutating func prepare(
        _ request: inout MakeCredentialRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError)

    /// Reads its output from the response.
    func finish(
        _ response: MakeCredentialResponse,
        into outputs: inout ClientExtensionOutputs
    ) throws(ResponseError)
}

/// One extension in one login, from before the request until after the last response.
package protocol AuthenticationExtension: Sendable {
    /// As for `RegistrationExtension`.
    init?(
        _ inputs: ClientExtensionInputs,
        allowing credentials: [PublicKeyCredentialDescriptor],
        key: AuthenticatorInfo
    ) throws(ExtensionInputError)

    /// The permissions that the operation's token needs for it, beyond using the credential.
    var permissions: PINUVAuthPermissions { get }

    /// As for `RegistrationExtension`.
    mutating func prepare(
        _ request: inout GetAssertionRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError)

    /// Reads its output from one account's response; it may send further commands under the same token.
    func finish(
        _ response: GetAssertionResponse,
        token: PINUVAuthToken?,
        _ session: Session,
        _ operation: Operation,
        into outputs: inout ClientExtensionOutputs
    ) async throws(SessionError)
}

/// A client extension's input is invalid.
public struct ExtensionInputError: Error, Hashable, Sendable {
    /// The extension's identifier.
    public let identifier: String
    /// A short description of what is wrong with the input.
    public let reason: String

    package init(identifier: String, reason: String) {
        self.identifier = identifier
        self.reason = reason
    }
}

/// The extensions that a client supports.
package struct CeremonyExtensions: Sendable {
    package var registration: [any RegistrationExtension.Type]
    package var authentication: [any AuthenticationExtension.Type]

    package init(
        registration: [any RegistrationExtension.Type] = [],
        authentication: [any AuthenticationExtension.Type] = []
    ) {
        self.registration = registration
        self.authentication = authentication
    }

    /// Those that `options` ask for and the key has.
    func asked(_ options: CreationOptions, key: AuthenticatorInfo) throws(CeremonyError) -> [any RegistrationExtension]
    {
        try Self.active(registration) { type throws(ExtensionInputError) in try type.init(options.extensions, key: key)
        }
    }

    /// Those that `options` ask for and the key has.
    func asked(_ options: RequestOptions, key: AuthenticatorInfo) throws(CeremonyError) -> [any AuthenticationExtension]
    {
        try Self.active(authentication) { type throws(ExtensionInputError) in
            try type.init(options.extensions, allowing: options.allowCredentials, key: key)
        }
    }

    private static func active<Kind, Active>(
        _ types: [Kind],
        _ begin: (Kind) throws(ExtensionInputError) -> Active?
    ) throws(CeremonyError) -> [Active] {
        var active: [Active] = []
        do throws(ExtensionInputError) {
            for type in types {
                if let begun = try begin(type) { active.append(begun) }
            }
        } catch {
            throw .extensionInput(error)
        }
        return active
    }
}
