public import CTAP2

/// A login as a browser hands it to the relying party (WebAuthn L3 §5.1, "AuthenticationResponseJSON").
///
/// This is what arrived, byte for byte and unchecked; `verify` says what it is worth.
public struct AuthenticationResponse: Hashable, Sendable {
    /// The ID of the credential that signed.
    public var id: [UInt8]
    /// The member `rawId`, which must be the same as `id`.
    public var rawID: [UInt8]
    public var clientData: SignedClientData
    public var authenticatorData: [UInt8]
    public var signature: [UInt8]
    /// The user ID that was given when a discoverable credential was made.
    public var userHandle: [UInt8]?
    /// `cross-platform` for a security key.
    public var authenticatorAttachment: String?
    public var clientExtensionResults: ClientExtensionOutputs

    /// The response to a login that a security key just signed with the credential `id`.
    public init(
        id: [UInt8],
        clientData: SignedClientData,
        assertion: GetAssertionResponse,
        clientExtensionResults: ClientExtensionOutputs = ClientExtensionOutputs()
    ) {
        self.id = id
        rawID = id
        self.clientData = clientData
        authenticatorData = assertion.authData.bytes
        signature = assertion.signature
        userHandle = assertion.user?.id
        authenticatorAttachment = "cross-platform"
        self.clientExtensionResults = clientExtensionResults
    }

    init(
        id: [UInt8],
        rawID: [UInt8],
        clientData: SignedClientData,
        authenticatorData: [UInt8],
        signature: [UInt8],
        userHandle: [UInt8]?,
        authenticatorAttachment: String?,
        clientExtensionResults: ClientExtensionOutputs
    ) {
        self.id = id
        self.rawID = rawID
        self.clientData = clientData
        self.authenticatorData = authenticatorData
        self.signature = signature
        self.userHandle = userHandle
        self.authenticatorAttachment = authenticatorAttachment
        self.clientExtensionResults = clientExtensionResults
    }
}
