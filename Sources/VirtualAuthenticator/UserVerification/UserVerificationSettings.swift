/// How a key can verify its user, and when it insists; names and defaults are getInfo's where it has them.
public struct UserVerificationSettings: Hashable, Sendable {
    /// Whether the key knows PINs (option clientPin).
    public var supportsPIN = true
    /// In code points.
    public var minimumPINLength = 4
    /// In bytes of UTF-8.
    public var maximumPINLength = 63
    /// The key's own sensor, such as a fingerprint reader (option uv); `nil` where it lacks one.
    public var builtIn: BuiltIn?
    /// The preferred first.
    public var protocols: [PINProtocol] = [.two, .one]
    /// Whether tokens have permissions (option pinUvAuthToken), as since CTAP 2.1; a key of CTAP 2.0 knows getPinToken only.
    public var tokensHavePermissions = true
    /// Whether credentials that are not discoverable are made without verification.
    public var makeCredUvNotRqd = true
    /// `nil`: the key lacks the feature.
    public var alwaysUv: Bool?
    /// Whether a PIN is not enough for credentials and assertions, only the sensor is.
    public var noMcGaPermissionsWithClientPin = false
    /// Whether each use of a token gives it another 30 seconds, and no more; without, the first use gives it ten minutes.
    public var tokensRoll = false
    /// The PIN that a key gets at power-up when its state lacks one.
    public var initialPIN: InitialPIN?

    public init() {}

    /// A sensor.
    public struct BuiltIn: Hashable, Sendable {
        /// Whether a finger is enrolled.
        public var isConfigured = true
        /// How many failures in a row it takes before only a PIN helps (1 to 25).
        public var maximumRetries = 5
        /// How many of them are left in a new state; `nil`: all.
        public var initialRetries: Int?
        /// How often a platform should try before it asks for the PIN; with 1 the key itself repeats.
        public var preferredPlatformUvAttempts = 3
        /// What kind of sensor; 2 is one for fingers.
        public var modality: UInt64 = 0x02

        public init() {}
    }

    /// A PIN that is set without anyone asking for it.
    public struct InitialPIN: Hashable, Sendable {
        /// The bytes that count, in Unicode NFC where clients are to find them.
        public var pin: String
        public var retries = 8
        public var mustChange = false

        public init(_ pin: String) {
            self.pin = pin
        }
    }
}

extension UserVerificationSettings {
    /// Whether there are tokens with permissions at all (option pinUvAuthToken).
    var offersTokenPermissions: Bool {
        tokensHavePermissions && (supportsPIN || builtIn != nil)
    }

    /// Whether the command clientPIN is there.
    var offersClientPIN: Bool { supportsPIN || offersTokenPermissions }

    /// The protocols that can be used; empty on a key without clientPIN.
    var offeredProtocols: [PINProtocol] { offersClientPIN ? protocols : [] }
}
