public import CTAP2

/// What kind of key a `VirtualKey` is: what it has, its limits and its timeouts.
public struct KeySettings: Hashable, Sendable {
    /// The edition of CTAP whose commands and getInfo members the key has.
    public enum Edition: String, Hashable, Sendable, Comparable {
        case ctap20 = "2.0"
        case ctap21 = "2.1"
        case ctap23 = "2.3"

        public static func < (one: Edition, other: Edition) -> Bool {
            one.rawValue < other.rawValue
        }
    }

    public var edition = Edition.ctap23
    /// Bytes in a report either way, 8 to 1024.
    public var reportSize = 64
    /// The model (getInfo member aaguid), 16 bytes.
    public var aaguid: [UInt8] = [
        0x66, 0x69, 0x64, 0x6F, 0x63, 0x74, 0x6C, 0x00, 0x76, 0x69, 0x72, 0x74, 0x75, 0x61, 0x6C, 0x01,
    ]
    /// The longest CTAP2 request in bytes; `nil` is what the reports can carry.
    public var maximumMessageSize: Int?
    public var maximumCredentialCountInList = 16
    /// In bytes; WebAuthn allows no more.
    public var maximumCredentialIDLength = 1023
    /// How many discoverable credentials there is room for.
    public var discoverableCapacity = 100
    /// Signature algorithms, the preferred first.
    public var algorithms: [COSEAlgorithm] = [.es256, .edDSA, .es384, .es512, .rs256]
    /// What getInfo claims, which changes nothing else; `nil`: what is true.
    public var versions: [String]?
    public var userVerification = UserVerificationSettings()
    public var management = ManagementSettings()
    package var extensions = KeyExtensions(KeyExtensions.all)
    /// Whether a getAssertion for which there is no credential waits for a touch before it says so.
    public var touchesBeforeNoCredentials = false
    /// How long a command waits for its user (CTAP 2.1 §6: at least 10 s, 30 s suggested).
    public var userActionTimeout = Duration.seconds(30)
    /// How long after power-up a reset is accepted (CTAP 2.1 §6.6).
    public var resetWindow = Duration.seconds(10)
    /// The longest pause between the packets of one message.
    public var messageTimeout = Duration.milliseconds(500)
    /// The longest pause between KEEPALIVE messages (CTAP 2.1 §11.2.9.2.1).
    public var keepaliveInterval = Duration.milliseconds(100)

    public init() {}

    /// A key as CTAP 2.0 had them: PIN protocol one, tokens without permissions, no credential without the PIN once there
    /// is one.
    public static var ctap20: KeySettings {
        var settings = KeySettings()
        settings.edition = .ctap20
        settings.management = .none
        settings.extensions = KeyExtensions([])
        settings.touchesBeforeNoCredentials = true
        settings.userVerification.protocols = [.one]
        settings.userVerification.tokensHavePermissions = false
        settings.userVerification.makeCredUvNotRqd = false
        return settings
    }

    /// A key as CTAP 2.1 had them, without what 2.2 and 2.3 added.
    public static var ctap21: KeySettings {
        var settings = KeySettings()
        settings.edition = .ctap21
        settings.management.configCommands.remove(.enableLongTouchForReset)
        settings.management.pinComplexityPolicy = nil
        settings.management.persistentToken = false
        return settings
    }

    /// Major, minor and build number in the answer to INIT.
    var deviceVersion: (UInt8, UInt8, UInt8) { (1, 0, 0) }
}
