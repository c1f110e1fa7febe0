package import CTAP2

/// What one extension in one ceremony needs from the user.
package protocol CeremonyExtension: Sendable {
    /// The permissions that the operation's token needs for it, beyond making or using the credential.
    var permissions: PINUVAuthPermissions { get }

    /// Whether it requires user verification, even if the page does not.
    var requiresUserVerification: Bool { get }
}

extension CeremonyExtension {
    package var permissions: PINUVAuthPermissions { [] }
    package var requiresUserVerification: Bool { false }
}

/// One extension in one registration, from before the request until after the response.
package protocol RegistrationExtension: CeremonyExtension {
    /// `nil` if the page did not request it or the key does not support it.
    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError)

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
package protocol AuthenticationExtension: CeremonyExtension {
    /// As for `RegistrationExtension`.
    init?(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError)

    /// As for `RegistrationExtension`.
    mutating func prepare(
        _ request: inout GetAssertionRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError)

    /// Reads its output from one account's response; it may send further commands under the same token.
    mutating func finish(
        _ response: GetAssertionResponse,
        token: PINUVAuthToken?,
        _ session: Session,
        _ operation: Operation,
        into outputs: inout ClientExtensionOutputs
    ) async throws(SessionError)
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

    /// All of this library's.
    static let all = CeremonyExtensions(
        registration: [
            CredBlob.self, CredProps.self, CredProtect.self, HMACCreateSecret.self, LargeBlobSupport.self,
            MinPinLength.self, PINComplexityPolicy.self, PRFRegistration.self, Payment.self,
        ],
        authentication: [
            GetCredBlob.self, HMACGetSecret.self, LargeBlobAccess.self, PRFAuthentication.self, Payment.self,
        ]
    )

    /// Those that `options` ask for and the key has.
    func asked(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) -> [any RegistrationExtension]
    {
        var active: [any RegistrationExtension] = []
        for type in registration {
            if let begun = try type.init(options, key: key) { active.append(begun) }
        }
        return active
    }

    /// Those that `options` ask for and the key has.
    func asked(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError)
        -> [any AuthenticationExtension]
    {
        var active: [any AuthenticationExtension] = []
        for type in authentication {
            if let begun = try type.init(options, key: key) { active.append(begun) }
        }
        return active
    }
}
