/// A key's methods of user verification and when it requires them, with getInfo's names and defaults where they exist.
public struct UserVerificationSettings: Hashable, Sendable {
    /// Whether the key supports PINs (option clientPin).
    public var supportsPIN = true
    /// In code points.
    public var minimumPINLength = 4
    /// In bytes of UTF-8.
    public var maximumPINLength = 63
    /// The key's own sensor, such as a fingerprint reader (option uv); `nil` if it lacks one.
    public var builtIn: BuiltIn?
    /// In order of preference.
    public var protocols: [PINProtocol] = [.two, .one]
    /// Whether tokens have permissions (option pinUvAuthToken), as of CTAP 2.1; keys of CTAP 2.0 have only getPinToken.
    public var tokensHavePermissions = true
    /// Whether non-discoverable credentials can be created without verification.
    public var makeCredUvNotRqd = true
    /// `nil`: the key lacks the feature.
    public var alwaysUv: Bool?
    /// Whether only the sensor, not a PIN, can authorize credentials and assertions.
    public var noMcGaPermissionsWithClientPin = false
    /// Whether each use extends a token by 30 seconds; otherwise the first use extends it to ten minutes.
    public var tokensRoll = false
    /// The PIN to set at power-up if the state lacks one.
    public var initialPIN: InitialPIN?

    public init() {}

    /// A sensor.
    public struct BuiltIn: Hashable, Sendable {
        /// Whether a finger is enrolled.
        public var isConfigured = true
        /// The number of failures in a row that block the sensor (1 to 25).
        public var maximumRetries = 5
        /// How many of them are left in a new state; `nil` means all.
        public var initialRetries: Int?
        /// How many attempts a platform should make before it asks for the PIN; with 1 the key itself repeats them.
        public var preferredPlatformUvAttempts = 3
        /// The kind of sensor; 2 is a fingerprint sensor.
        public var modality: UInt64 = 0x02

        public init() {}
    }

    /// A PIN that is set at power-up.
    public struct InitialPIN: Hashable, Sendable {
        /// The PIN's bytes, in Unicode NFC so that clients can match it.
        public var pin: String
        public var retries = 8
        public var mustChange = false

        public init(_ pin: String) {
            self.pin = pin
        }
    }
}

extension UserVerificationSettings {
    /// Whether the key issues tokens with permissions (option pinUvAuthToken).
    var offersTokenPermissions: Bool {
        tokensHavePermissions && (supportsPIN || builtIn != nil)
    }

    /// Whether the key has the command clientPIN.
    var offersClientPIN: Bool { supportsPIN || offersTokenPermissions }

    /// The supported protocols; empty on a key without clientPIN.
    var offeredProtocols: [PINProtocol] { offersClientPIN ? protocols : [] }
}
