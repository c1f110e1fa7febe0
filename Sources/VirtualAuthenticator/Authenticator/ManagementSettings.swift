/// A key's management commands and their settings.
public struct ManagementSettings: Hashable, Sendable {
    /// The forms of a command that had a preview before CTAP 2.1.
    public enum CommandForm: String, Hashable, Sendable, CaseIterable {
        case standard
        /// Command 0x40 or 0x41, for keys that claim FIDO_2_1_PRE; the only form that libfido2 1.12 supports.
        case preview
    }

    /// A subcommand of config (CTAP 2.3 §6.11).
    public enum ConfigCommand: UInt64, Hashable, Sendable, CaseIterable {
        case enableEnterpriseAttestation = 1
        case toggleAlwaysUv, setMinPINLength, enableLongTouchForReset
    }

    /// The supported forms of credentialManagement.
    public var credentialManagement = Set(CommandForm.allCases)
    /// Whether an empty enumeration returns a total of 0, as on some keys, instead of NO_CREDENTIALS.
    public var emptyEnumerationSucceeds = false

    /// Whether the key issues a persistent, read-only token (option perCredMgmtRO).
    public var persistentToken = true
    public var fingerprints = FingerprintSettings()
    /// The longest serialized large-blob array in bytes, at least 1024; `nil` for a key without largeBlobs.
    public var largeBlobCapacity: Int? = 4096

    /// The supported subcommands of config; a key with an empty set lacks config.
    public var configCommands = Set(ConfigCommand.allCases)
    /// Whether built-in verification can authorize config (option uvAcfg).
    public var uvAcfg = true
    /// The sites that may request vendor-facilitated enterprise attestation.
    public var enterpriseRPIDs: Set<String> = []
    public var maximumRPIDsForSetMinPINLength = 8
    /// Whether simple PINs are rejected by default; `nil` for a key without the feature.
    public var pinComplexityPolicy: Bool? = false
    /// getInfo's link to a description of the policy.
    public var pinComplexityPolicyURL: String?
    /// Whether a reset requires a long touch by default.
    public var longTouchForReset = false
    /// The transports that accept a reset; `nil` for all, and getInfo omits the member.
    public var transportsForReset: [String]?

    public init() {}
}

extension ManagementSettings {
    /// A key without management commands.
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
