/// What can be managed on a key.
public struct ManagementSettings: Hashable, Sendable {
    /// The forms of a command that was in use before CTAP 2.1 had it.
    public enum CommandForm: String, Hashable, Sendable, CaseIterable {
        case standard
        /// Commands 40 and 41, of keys that claim FIDO_2_1_PRE; the only ones that libfido2 1.12 knows.
        case preview
    }

    /// A subcommand of config (CTAP 2.3 §6.11).
    public enum ConfigCommand: UInt64, Hashable, Sendable, CaseIterable {
        case enableEnterpriseAttestation = 1
        case toggleAlwaysUv, setMinPINLength, enableLongTouchForReset
    }

    /// How the key has credentialManagement; empty: it lacks it.
    public var credentialManagement = Set(CommandForm.allCases)
    /// Whether an enumeration of nothing succeeds with a total of 0, as some keys answer, instead of NO_CREDENTIALS.
    public var emptyEnumerationSucceeds = false

    /// Whether there are tokens that only read credentials, and last (option perCredMgmtRO).
    public var persistentToken = true
    public var fingerprints = FingerprintSettings()
    /// The longest serialized large-blob array in bytes, at least 1024; `nil`: the key lacks largeBlobs.
    public var largeBlobCapacity: Int? = 4096

    /// Empty: the key lacks config.
    public var configCommands = Set(ConfigCommand.allCases)
    /// Whether a sensor can allow the use of config (option uvAcfg).
    public var uvAcfg = true
    /// The sites that get enterprise attestation when they themselves ask for it.
    public var enterpriseRPIDs: Set<String> = []
    public var maximumRPIDsForSetMinPINLength = 8
    /// Whether simple PINs are refused, until config changes it; `nil`: the key lacks the feature.
    public var pinComplexityPolicy: Bool? = false
    /// What getInfo says about the policy.
    public var pinComplexityPolicyURL: String?
    /// Whether a reset wants a long touch before config says so.
    public var longTouchForReset = false
    /// The transports over which a reset is taken, as getInfo names them; `nil`: all, and getInfo is silent.
    public var transportsForReset: [String]?

    public init() {}
}

extension ManagementSettings {
    /// A key on which nothing can be managed.
    static var none: ManagementSettings {
        var settings = ManagementSettings()
        settings.credentialManagement = []
        settings.persistentToken = false
        settings.fingerprints.bioEnrollment = []
        settings.largeBlobCapacity = nil
        settings.configCommands = []
        settings.pinComplexityPolicy = nil
        return settings
    }
}
