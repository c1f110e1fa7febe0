/// A new credential with the proof of where it came from (WebAuthn §6.5).
public struct AttestationObject: Hashable, Sendable {
    /// The attestation statement's format, such as `packed`; unknown ones are kept.
    public var fmt: String
    public var authData: AuthenticatorData
    /// The attestation statement.
    public var attStmt: CBORMap

    public init(fmt: String, authData: AuthenticatorData, attStmt: CBORMap) {
        self.fmt = fmt
        self.authData = authData
        self.attStmt = attStmt
    }
}

extension MakeCredentialResponse {
    /// What WebAuthn hands to the relying party.
    public var attestationObject: AttestationObject {
        AttestationObject(fmt: fmt, authData: authData, attStmt: attStmt.map ?? [:])
    }
}
