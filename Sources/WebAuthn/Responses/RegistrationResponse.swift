package import CTAP2

/// A new credential as a browser hands it to the relying party (WebAuthn L3 §5.1, "RegistrationResponseJSON").
///
/// Exactly what arrived, not yet checked: see `verify`.
public struct RegistrationResponse: Hashable, Sendable {
    /// The credential ID.
    public var id: [UInt8]
    public var clientData: SignedClientData
    /// The attestation object's bytes, with WebAuthn's text keys.
    public var attestationObject: [UInt8]
    /// How the key can be reached: `usb`, `nfc`, …
    public var transports: [String]
    /// `cross-platform` for a security key.
    public var authenticatorAttachment: String?
    public var clientExtensionResults: ClientExtensionOutputs
    /// The members that repeat the attestation object.
    package var copies: Copies

    /// Members that repeat the attestation object, for relying parties that do not read CBOR.
    package struct Copies: Hashable, Sendable {
        /// The member `rawId`, which must be the same as `id`.
        package var rawID: [UInt8]
        /// The member `clientDataHash` beside client data, which must be their hash.
        package var clientDataHash: [UInt8]?
        package var authenticatorData: [UInt8]?
        /// DER of a SubjectPublicKeyInfo.
        package var publicKey: [UInt8]?
        package var publicKeyAlgorithm: COSEAlgorithm?
    }

    /// The response to a credential that a security key just made.
    package init(
        clientData: SignedClientData,
        attestationObject: AttestationObject,
        transports: [String],
        clientExtensionResults: ClientExtensionOutputs = ClientExtensionOutputs()
    ) {
        let credential = attestationObject.authData.attestedCredentialData
        id = credential?.credentialID ?? []
        self.clientData = clientData
        self.attestationObject = attestationObject.bytes
        self.transports = transports
        authenticatorAttachment = "cross-platform"
        self.clientExtensionResults = clientExtensionResults
        copies = Copies(rawID: id, of: attestationObject)
    }

    init(
        id: [UInt8],
        clientData: SignedClientData,
        attestationObject: [UInt8],
        transports: [String],
        authenticatorAttachment: String?,
        clientExtensionResults: ClientExtensionOutputs,
        copies: Copies
    ) {
        self.id = id
        self.clientData = clientData
        self.attestationObject = attestationObject
        self.transports = transports
        self.authenticatorAttachment = authenticatorAttachment
        self.clientExtensionResults = clientExtensionResults
        self.copies = copies
    }
}

extension RegistrationResponse.Copies {
    init(rawID: [UInt8], of object: AttestationObject) {
        let key = object.authData.attestedCredentialData?.publicKey
        self.rawID = rawID
        authenticatorData = object.authData.bytes
        clientDataHash = nil
        publicKey = try? key?.subjectPublicKeyInfo()
        publicKeyAlgorithm = key?.algorithm
    }
}
