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
