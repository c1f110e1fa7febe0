/// A credential that is ready to sign.
struct Credential: Sendable {
    var id: [UInt8]
    var key: SigningKey
    /// Whose it is; known for discoverable credentials only.
    var user: UserAccount?
}
