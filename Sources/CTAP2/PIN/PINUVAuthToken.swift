/// Proof that the user was verified, good for some commands and some time (CTAP 2.1 §6.5.2.1).
public final class PINUVAuthToken: Sendable {
    public let pinUvAuthProtocol: PINUVAuthProtocol
    /// What it was asked for; a key of CTAP 2.0 gives tokens that are good for everything.
    public let permissions: PINUVAuthPermissions
    /// The relying party that it is bound to.
    public let rpId: String?
    private let secret: Secret

    /// Takes a token that a key sent, decrypted; it must be as long as its protocol says.
    init(
        _ pinUvAuthProtocol: PINUVAuthProtocol,
        secret: consuming Secret,
        permissions: PINUVAuthPermissions,
        rpId: String?
    ) throws(PINUVAuthError) {
        let lengths = pinUvAuthProtocol == .one ? [16, 32] : [32]
        guard lengths.contains(secret.count) else { throw .wrongLength(byteCount: secret.count) }
        self.pinUvAuthProtocol = pinUvAuthProtocol
        self.secret = secret
        self.permissions = permissions
        self.rpId = rpId
    }

    /// The `pinUvAuthParam` of a command; which bytes it covers, each command says for itself.
    public func authenticate(_ message: [UInt8]) -> [UInt8] {
        pinUvAuthProtocol.authenticate(message, key: secret)
    }
}

extension MakeCredentialRequest {
    /// Authorizes the request, as it stands, with a token.
    public mutating func authorize(with token: PINUVAuthToken) {
        pinUvAuthParam = token.authenticate(clientDataHash)
        pinUvAuthProtocol = token.pinUvAuthProtocol.rawValue
    }
}

extension GetAssertionRequest {
    /// Authorizes the request, as it stands, with a token.
    public mutating func authorize(with token: PINUVAuthToken) {
        pinUvAuthParam = token.authenticate(clientDataHash)
        pinUvAuthProtocol = token.pinUvAuthProtocol.rawValue
    }
}
