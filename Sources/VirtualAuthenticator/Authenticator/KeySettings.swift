public import CTAP2

/// The properties of a `VirtualKey`: features, limits and time-outs.
public struct KeySettings: Hashable, Sendable {
    /// The edition of CTAP that determines the key's commands and getInfo members.
    public enum Edition: String, Hashable, Sendable, Comparable {
        case ctap20 = "2.0"
        case ctap21 = "2.1"
        case ctap23 = "2.3"

        public static func < (one: Edition, other: Edition) -> Bool {
            one.rawValue < other.rawValue
        }
    }

    /// How the key supports CTAP1/U2F.
    public enum U2FSupport: Hashable, Sendable {
        case none
        case besideCTAP2
        /// A key from before CTAP2, without CTAPHID_CBOR.
        case only
    }

    public var edition = Edition.ctap23
    public var u2f = U2FSupport.besideCTAP2
    /// The size of reports in both directions, 8 to 1024 bytes.
    public var reportSize = 64
    /// The model (getInfo member aaguid), 16 bytes.
    public var aaguid: [UInt8] = [
        0x66, 0x69, 0x64, 0x6F, 0x63, 0x74, 0x6C, 0x00, 0x76, 0x69, 0x72, 0x74, 0x75, 0x61, 0x6C, 0x01,
    ]
    /// The longest CTAP2 request in bytes; `nil` means as much as the reports carry.
    public var maximumMessageSize: Int?
    public var maximumCredentialCountInList = 16
    /// In bytes; the maximum in WebAuthn.
    public var maximumCredentialIDLength = 1023
    /// The number of discoverable credentials that the key can hold.
    public var discoverableCapacity = 100
    /// Signature algorithms in order of preference.
    public var algorithms: [COSEAlgorithm] = [
        .es256, .edDSA, .es384, .es512, .rs256, .ps256, .mlDSA44, .mlDSA65, .mlDSA87,
    ]
    /// The versions that getInfo claims, without other effects; `nil` means those that the key implements.
    public var versions: [String]?
    public var userVerification = UserVerificationSettings()
    public var management = ManagementSettings()
    package var extensions = KeyExtensions(KeyExtensions.all)
    /// Whether getAssertion without a matching credential waits for a touch before it fails.
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

    /// A key of CTAP 2.0: PIN protocol one, tokens without permissions, and the PIN required for credentials once it is
    /// set.
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

    /// A key of CTAP 2.1, without the additions of 2.2 and 2.3.
    public static var ctap21: KeySettings {
        var settings = KeySettings()
        settings.edition = .ctap21
        settings.management.configCommands.remove(.enableLongTouchForReset)
        settings.management.pinComplexityPolicy = nil
        settings.management.persistentToken = false
        settings.extensions = settings.extensions.filter { !["hmac-secret-mc", "thirdPartyPayment"].contains($0) }
        return settings
    }

    /// The major, minor and build number in the response to INIT.
    var deviceVersion: (UInt8, UInt8, UInt8) { (1, 0, 0) }
}
