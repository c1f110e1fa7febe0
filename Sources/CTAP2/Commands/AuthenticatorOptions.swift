/// A key's features and their state (CTAP 2.3 §6.4, member `options`); unknown options are kept.
///
/// An optional property is `nil` if the key lacks the feature, `false` if the feature is off or not set up, and `true`
/// if it is in use.
public struct AuthenticatorOptions: Hashable, Sendable {
    /// The options as the key sent them, by identifier.
    public var values: [String: Bool]

    package init(_ values: [String: Bool] = [:]) {
        self.values = values
    }

    /// An option as sent, by identifier.
    public subscript(identifier: String) -> Bool? {
        get { values[identifier] }
        set { values[identifier] = newValue }
    }

    /// The key is built into this machine.
    public var plat: Bool { values["plat"] ?? false }
    /// The key keeps discoverable credentials.
    public var rk: Bool { values["rk"] ?? false }
    /// A PIN can be set (`false`) or is set (`true`).
    public var clientPin: Bool? { values["clientPin"] }
    /// The key can test for user presence.
    public var up: Bool { values["up"] ?? true }
    /// Built-in user verification can be set up (`false`) or is (`true`).
    public var uv: Bool? { values["uv"] }
    /// The key issues PIN/UV auth tokens with permissions.
    public var pinUvAuthToken: Bool { values["pinUvAuthToken"] ?? false }
    /// A PIN cannot obtain a token for making or using credentials.
    public var noMcGaPermissionsWithClientPin: Bool { values["noMcGaPermissionsWithClientPin"] ?? false }
    /// The key stores large blobs.
    public var largeBlobs: Bool { values["largeBlobs"] ?? false }
    /// Enterprise attestation is off (`false`) or on (`true`).
    public var ep: Bool? { values["ep"] }
    /// No fingerprint is enrolled (`false`) or at least one (`true`).
    public var bioEnroll: Bool? { values["bioEnroll"] }
    /// As `bioEnroll`, for the command of keys from before CTAP 2.1.
    public var userVerificationMgmtPreview: Bool? { values["userVerificationMgmtPreview"] }
    /// Built-in user verification may give permission to enrol fingerprints.
    public var uvBioEnroll: Bool { values["uvBioEnroll"] ?? false }
    /// The key has the config command.
    public var authnrCfg: Bool { values["authnrCfg"] ?? false }
    /// Built-in user verification may give permission to configure.
    public var uvAcfg: Bool { values["uvAcfg"] ?? false }
    /// The key has the credential management command.
    public var credMgmt: Bool { values["credMgmt"] ?? false }
    /// The key issues persistent tokens that may read the list of credentials.
    public var perCredMgmtRO: Bool { values["perCredMgmtRO"] ?? false }
    /// The key has the credential management command of keys from before CTAP 2.1.
    public var credentialMgmtPreview: Bool { values["credentialMgmtPreview"] ?? false }
    /// The minimum PIN length can be raised.
    public var setMinPINLength: Bool { values["setMinPINLength"] ?? false }
    /// Credentials that are not discoverable are made without user verification.
    public var makeCredUvNotRqd: Bool { values["makeCredUvNotRqd"] ?? false }
    /// User verification for every operation is off (`false`) or on (`true`).
    public var alwaysUv: Bool? { values["alwaysUv"] }

    /// Whether a PIN or built-in verification is set up ("protected by some form of user verification").
    package var isProtected: Bool { clientPin == true || uv == true }
}
