package import CTAP2

/// A login as a browser hands it to the relying party (WebAuthn L3 §5.1, "AuthenticationResponseJSON").
///
/// Exactly what arrived, not yet checked: see `verify`.
public struct AuthenticationResponse: Hashable, Sendable {
    /// The ID of the credential that signed.
    public var id: [UInt8]
    /// The member `rawId`, which must be the same as `id`.
    package var rawID: [UInt8]
    public var clientData: SignedClientData
    /// The member `clientDataHash` beside client data, which must be their hash.
    public var clientDataHash: [UInt8]?
    public var authenticatorData: [UInt8]
    public var signature: [UInt8]
    /// The user ID that was given when a discoverable credential was made; not empty.
    public var userHandle: [UInt8]?
    /// `cross-platform` for a security key.
    public var authenticatorAttachment: String?
    public var clientExtensionResults: ClientExtensionOutputs

    /// The response to a login that a security key just signed with the credential `id`.
    package init(
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
        userHandle = assertion.user.flatMap { $0.id.isEmpty ? nil : $0.id }
        authenticatorAttachment = "cross-platform"
        self.clientExtensionResults = clientExtensionResults
    }

    init(
        id: [UInt8],
        rawID: [UInt8],
        clientData: SignedClientData,
        clientDataHash: [UInt8]?,
        authenticatorData: [UInt8],
        signature: [UInt8],
        userHandle: [UInt8]?,
        authenticatorAttachment: String?,
        clientExtensionResults: ClientExtensionOutputs
    ) {
        self.id = id
        self.rawID = rawID
        self.clientData = clientData
        self.clientDataHash = clientDataHash
        self.authenticatorData = authenticatorData
        self.signature = signature
        self.userHandle = userHandle
        self.authenticatorAttachment = authenticatorAttachment
        self.clientExtensionResults = clientExtensionResults
    }
}
