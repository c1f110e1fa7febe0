import Crypto

/// Proof that the user was verified, valid for some commands and for a limited time (CTAP 2.1 §6.5.2.1).
public final class PINUVAuthToken: Sendable {
    public let pinUvAuthProtocol: PINUVAuthProtocol
    /// What it was asked for; a token of a CTAP 2.0 key authorizes every command.
    public let permissions: PINUVAuthPermissions
    /// The relying party that it is bound to.
    public let rpId: String?
    private let secret: Secret

    /// Takes a token that a key sent, decrypted.
    ///
    /// Protocol one names 16 and 32 bytes (CTAP 2.1 §6.5.6); keys are sold whose tokens are longer.
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

    /// The `pinUvAuthParam` of a command; which bytes it covers, each command says for itself.
    public func authenticate(_ message: [UInt8]) -> [UInt8] {
        pinUvAuthProtocol.authenticate(message, key: secret)
    }

    /// A key for what only holders of this token may read (CTAP 2.3 §6.4).
    func deriveKey(for purpose: String, byteCount: Int) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret.symmetricKey(of: 0..<secret.count),
            salt: [UInt8](repeating: 0, count: 32),
            info: Array(purpose.utf8),
            outputByteCount: byteCount
        )
    }
}

/// What a PIN/UV auth token may be used for (CTAP 2.3 §6.5.5.7).
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
    /// `pcmr`, alone only: the token is a persistent one.
    public static let persistentCredentialManagementReadOnly = PINUVAuthPermissions(rawValue: 0x40)
}
