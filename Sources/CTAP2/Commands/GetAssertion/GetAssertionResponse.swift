/// A key's answer to `GetAssertionRequest` or to getNextAssertion: one account's login (CTAP 2.3 §6.2).
public struct GetAssertionResponse: Hashable, Sendable {
    /// The credential that signed; keys may leave it out when the allow list had one entry.
    public var credential: PublicKeyCredentialDescriptor?
    public var authData: AuthenticatorData
    /// The signature over `authData`'s bytes and the client data hash.
    public var signature: [UInt8]
    /// The account; names only after user verification.
    public var user: PublicKeyCredentialUserEntity?
    /// How many accounts match, in the first response only.
    public var numberOfCredentials: Int?
    /// Whether the person chose the account on the key's own display.
    public var userSelected: Bool
    /// The key of the credential's large blob, 32 bytes.
    public var largeBlobKey: [UInt8]?
    /// Extension outputs that no signature covers.
    public var unsignedExtensionOutputs: CBORMap

    public init(
        credential: PublicKeyCredentialDescriptor? = nil,
        authData: AuthenticatorData,
        signature: [UInt8],
        user: PublicKeyCredentialUserEntity? = nil,
        numberOfCredentials: Int? = nil,
        userSelected: Bool = false,
        largeBlobKey: [UInt8]? = nil,
        unsignedExtensionOutputs: CBORMap = [:]
    ) {
        self.credential = credential
        self.authData = authData
        self.signature = signature
        self.user = user
        self.numberOfCredentials = numberOfCredentials
        self.userSelected = userSelected
        self.largeBlobKey = largeBlobKey
        self.unsignedExtensionOutputs = unsignedExtensionOutputs
    }
}
