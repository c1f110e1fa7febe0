import Crypto

/// A token from user verification that authorizes some commands for a limited time (CTAP 2.1 §6.5.2.1).
public final class PINUVAuthToken: Sendable {
    public let pinUvAuthProtocol: PINUVAuthProtocol
    /// The requested permissions; a token of a CTAP 2.0 key authorizes every command.
    public let permissions: PINUVAuthPermissions
    /// The relying party to which it is bound.
    public let rpId: String?
    private let secret: Secret

    /// Wraps a decrypted token.
    ///
    /// Protocol one specifies 16 or 32 bytes (CTAP 2.1 §6.5.6), but some keys issue longer tokens.
    init(
        _ pinUvAuthProtocol: PINUVAuthProtocol,
        secret: consuming Secret,
        permissions: PINUVAuthPermissions,
        rpId: String?
    ) throws(PINUVAuthError) {
        let fits =
            switch pinUvAuthProtocol {
            case .one: secret.count > 0 && secret.count.isMultiple(of: 16)
            case .two: secret.count == 32
            }
        guard fits else { throw .wrongLength(byteCount: secret.count) }
        self.pinUvAuthProtocol = pinUvAuthProtocol
        self.secret = secret
        self.permissions = permissions
        self.rpId = rpId
    }

    /// Restores a stored persistent token, valid until the PIN is changed or the key is reset (CTAP 2.3 §6.5.2.1).
    public convenience init(
        persistent secret: consuming Secret,
        _ pinUvAuthProtocol: PINUVAuthProtocol
    ) throws(PINUVAuthError) {
        try self.init(
            pinUvAuthProtocol,
            secret: secret,
            permissions: .persistentCredentialManagementReadOnly,
            rpId: nil
        )
    }

    /// Lends the token's bytes, for storing a persistent token.
    public func withExposedBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        secret.withExposedBytes(body)
    }

    /// The `pinUvAuthParam` over `message`; each command defines which of its bytes that covers.
    package func authenticate(_ message: [UInt8]) -> [UInt8] {
        pinUvAuthProtocol.authenticate(message, key: secret)
    }

    /// Derives the key for an encrypted member of getInfo (CTAP 2.3 §6.4).
    func deriveKey(for purpose: String, byteCount: Int) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret.symmetricKey(of: 0..<secret.count),
            salt: [UInt8](repeating: 0, count: 32),
            info: Array(purpose.utf8),
            outputByteCount: byteCount
        )
    }
}

/// The permissions of a PIN/UV auth token (CTAP 2.3 §6.5.5.7).
public struct PINUVAuthPermissions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `mc`, for one relying party.
    public static let makeCredential = PINUVAuthPermissions(rawValue: 0x01)
    /// `ga`, for one relying party.
    public static let getAssertion = PINUVAuthPermissions(rawValue: 0x02)
    /// `cm`
    public static let credentialManagement = PINUVAuthPermissions(rawValue: 0x04)
    /// `be`
    public static let bioEnrollment = PINUVAuthPermissions(rawValue: 0x08)
    /// `lbw`
    public static let largeBlobWrite = PINUVAuthPermissions(rawValue: 0x10)
    /// `acfg`
    public static let authenticatorConfiguration = PINUVAuthPermissions(rawValue: 0x20)
    /// `pcmr`, which must be requested alone: the token is persistent.
    public static let persistentCredentialManagementReadOnly = PINUVAuthPermissions(rawValue: 0x40)
}
