public import CTAP2

/// A new credential, with the response to send to the relying party.
public struct Registration: Hashable, Sendable {
    public let response: RegistrationResponse
    /// The record that a relying party stores for logins.
    public let credential: CredentialRecord
    /// The attestation object in `response`, with or without the key's statement.
    public let attestation: AttestationObject
    /// What the statement shows. An invalid or unknown one is passed on: judging it is up to the relying party.
    public let attestationType: AttestationType
}

/// A login with one account of the key.
public struct Authentication: Hashable, Sendable {
    public let response: AuthenticationResponse
    /// The parsed authenticator data of `response`.
    public let authData: AuthenticatorData
    /// The account, as far as the key names it.
    public let user: PublicKeyCredentialUserEntity?
}
