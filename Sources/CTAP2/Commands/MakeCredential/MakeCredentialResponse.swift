/// A key's answer to `MakeCredentialRequest` (CTAP 2.3 §6.1).
public struct MakeCredentialResponse: Hashable, Sendable {
    /// The attestation statement's format, such as `packed`.
    public var fmt: String
    public var authData: AuthenticatorData
    /// The attestation statement, in most formats a map; an empty one when the key left it out (§6.1.2, `["none"]`
    /// preferred).
    public var attStmt: CBORValue
    /// Whether the attestation is an enterprise one.
    public var epAtt: Bool
    /// The key of the credential's large blob, 32 bytes.
    public var largeBlobKey: [UInt8]?
    /// Extension outputs that no signature covers.
    public var unsignedExtensionOutputs: CBORMap

    public init(
        fmt: String,
        authData: AuthenticatorData,
        attStmt: CBORValue = [:],
        epAtt: Bool = false,
        largeBlobKey: [UInt8]? = nil,
        unsignedExtensionOutputs: CBORMap = [:]
    ) {
        self.fmt = fmt
        self.authData = authData
        self.attStmt = attStmt
        self.epAtt = epAtt
        self.largeBlobKey = largeBlobKey
        self.unsignedExtensionOutputs = unsignedExtensionOutputs
    }

    /// What WebAuthn hands to the relying party.
    public var attestationObject: AttestationObject {
        AttestationObject(fmt: fmt, authData: authData, attStmt: attStmt)
    }
}
