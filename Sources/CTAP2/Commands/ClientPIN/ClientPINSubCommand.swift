/// What a clientPIN command is for (CTAP 2.1 §6.5.5).
public enum ClientPINSubCommand: Int, Hashable, Sendable {
    case getPINRetries = 1
    case getKeyAgreement = 2
    case setPIN = 3
    case changePIN = 4
    /// A token without permissions: keys of CTAP 2.0.
    case getPinToken = 5
    case getPinUvAuthTokenUsingUvWithPermissions = 6
    case getUVRetries = 7
    case getPinUvAuthTokenUsingPinWithPermissions = 9
}
