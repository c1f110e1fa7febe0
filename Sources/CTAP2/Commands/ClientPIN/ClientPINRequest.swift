/// Sets, changes and proves PINs, and gets tokens (CTAP 2.1 §6.5.5); which members a subcommand has, its section says.
public struct ClientPINRequest: Hashable, Sendable {
    public var subCommand: ClientPINSubCommand
    public var pinUvAuthProtocol: PINUVAuthProtocol?
    /// Our public key for the key agreement.
    public var keyAgreement: COSEKey?
    public var pinUvAuthParam: [UInt8]?
    /// The new PIN, encrypted.
    public var newPinEnc: [UInt8]?
    /// The hash of the PIN, encrypted.
    public var pinHashEnc: [UInt8]?
    public var permissions: PINUVAuthPermissions?
    /// The relying party that the token is to be bound to.
    public var rpId: String?

    public init(_ subCommand: ClientPINSubCommand, _ pinUvAuthProtocol: PINUVAuthProtocol? = nil) {
        self.subCommand = subCommand
        self.pinUvAuthProtocol = pinUvAuthProtocol
    }
}
