/// What a key is and can do (CTAP 2.3 §6.4).
///
/// A member that the key leaves out has the specification's default, or is `nil` or empty where there is none.
public struct AuthenticatorInfo: Hashable, Sendable {
    /// Protocol versions, such as `FIDO_2_1`; unknown ones are kept.
    public var versions: [String]
    /// Identifiers of extensions.
    public var extensions: [String] = []
    public var aaguid: AAGUID
    public var options = AuthenticatorOptions()
    /// The longest request in bytes, its command byte included.
    public var maxMsgSize = AuthenticatorInfo.defaultMaxMsgSize
    /// PIN/UV auth protocols, most wanted first.
    public var pinUvAuthProtocols: [Int] = []
    public var maxCredentialCountInList: Int?
    /// In bytes.
    public var maxCredentialIdLength: Int?
    /// How the key can be reached: `usb`, `nfc`, …
    public var transports: [String] = []
    /// Algorithms, most wanted first; empty when the key does not say.
    public var algorithms: [PublicKeyCredentialParameters] = []
    /// Room for the serialized large-blob array in bytes.
    public var maxSerializedLargeBlobArray: Int?
    /// The PIN must be changed before it is good for anything.
    public var forcePINChange = false
    /// In Unicode code points.
    public var minPINLength = 4
    public var firmwareVersion: UInt64?
    /// In bytes.
    public var maxCredBlobLength: Int?
    public var maxRPIDsForSetMinPINLength: Int?
    /// How often to try built-in verification before a PIN is offered.
    public var preferredPlatformUvAttempts: Int?
    /// How the key verifies users: the FIDO registry's USER_VERIFY bits.
    public var uvModality: UInt64?
    /// Certification levels by the certification's name.
    public var certifications: [String: Int] = [:]
    /// An estimate of how many more discoverable credentials fit.
    public var remainingDiscoverableCredentials: Int?
    public var vendorPrototypeConfigCommands: [UInt64]?
    /// Attestation statement formats; `packed` alone when the key does not say.
    public var attestationFormats = ["packed"]
    public var uvCountSinceLastPinEntry: Int?
    /// A reset needs a long touch.
    public var longTouchForReset = false
    /// Names the key to holders of its persistent token, encrypted.
    public var encIdentifier: [UInt8]?
    /// Over which transports a reset is possible; `nil` when the key does not say.
    public var transportsForReset: [String]?
    /// Whether the key enforces a policy for PINs; `nil` when it has none.
    public var pinComplexityPolicy: Bool?
    /// Where the policy is explained: a URL in UTF-8.
    public var pinComplexityPolicyURL: [UInt8]?
    /// In bytes of UTF-8.
    public var maxPINLength = 63
    /// Changes whenever a discoverable credential does, encrypted.
    public var encCredStoreState: [UInt8]?
    /// Subcommands of the config command; `nil` when the key does not say.
    public var authenticatorConfigCommands: [UInt64]?
    /// Members that this library does not know, or whose value is of another type than the specification's.
    public var unrecognizedMembers: CBORMap = [:]

    /// What a key that tells only its required members says.
    public init(versions: [String], aaguid: AAGUID) {
        self.versions = versions
        self.aaguid = aaguid
    }
}

extension AuthenticatorInfo {
    /// What every key must take at least (CTAP 2.1 §6.4, `maxMsgSize`).
    public static let defaultMaxMsgSize = 1024

    /// Whether the key speaks CTAP 2.1 or a later version, and so has the selection command.
    public var supportsCTAP21: Bool {
        versions.contains { ["FIDO_2_1", "FIDO_2_2", "FIDO_2_3"].contains($0) }
    }

    /// How many credentials one list may hold.
    ///
    /// Keys are known whose count is not to be trusted unless they also tell the longest ID; 0 is read as 1.
    public var credentialsPerList: Int {
        guard maxCredentialIdLength != nil, let maxCredentialCountInList else { return 1 }
        return max(1, maxCredentialCountInList)
    }
}
