/// A key's model, features and limits (CTAP 2.3 §6.4).
///
/// A member that the key omits has the specification's default; without a default it is `nil` or empty.
public struct AuthenticatorInfo: Hashable, Sendable {
    /// Protocol versions, such as `FIDO_2_1`; unknown ones are kept.
    public var versions: [String]
    /// Identifiers of extensions.
    public var extensions: [String] = []
    public var aaguid: AAGUID
    public var options = AuthenticatorOptions()
    /// The longest request in bytes, its command byte included.
    public var maxMsgSize = AuthenticatorInfo.defaultMaxMsgSize
    /// PIN/UV auth protocols in the key's order of preference.
    public var pinUvAuthProtocols: [Int] = []
    public var maxCredentialCountInList: Int?
    /// In bytes.
    public var maxCredentialIdLength: Int?
    /// How the key can be reached: `usb`, `nfc`, …
    public var transports: [String] = []
    /// Algorithms in the key's order of preference; empty when the key does not say.
    public var algorithms: [PublicKeyCredentialParameters] = []
    /// Room for the serialized large-blob array in bytes.
    public var maxSerializedLargeBlobArray: Int?
    /// The PIN must be changed before it authorizes anything.
    public var forcePINChange = false
    /// In Unicode code points.
    public var minPINLength = AuthenticatorInfo.defaultMinPINLength
    public var firmwareVersion: UInt64?
    /// In bytes.
    public var maxCredBlobLength: Int?
    public var maxRPIDsForSetMinPINLength: Int?
    /// How many attempts at built-in verification to make before asking for a PIN.
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
    /// An encrypted identifier of the key, for holders of its persistent token.
    public var encIdentifier: [UInt8]?
    /// Over which transports a reset is possible; `nil` when the key does not say.
    public var transportsForReset: [String]?
    /// Whether the key enforces a policy for PINs; `nil` when it has none.
    public var pinComplexityPolicy: Bool?
    /// A URL that explains the policy, in UTF-8.
    public var pinComplexityPolicyURL: [UInt8]?
    /// In bytes of UTF-8.
    public var maxPINLength = 63
    /// An encrypted value that changes whenever a discoverable credential does.
    public var encCredStoreState: [UInt8]?
    /// Subcommands of the config command; `nil` when the key does not say.
    public var authenticatorConfigCommands: [UInt64]?
    /// Unknown members, and members whose value is not of the specified type.
    public var unrecognizedMembers: CBORMap = [:]

    /// The information of a key that sends only the required members.
    package init(versions: [String], aaguid: AAGUID) {
        self.versions = versions
        self.aaguid = aaguid
    }
}

/// Asks for a key's model, features and limits (CTAP 2.3 §6.4).
struct GetInfoRequest: CTAPRequest {
    var command: CTAPCommand { .getInfo }
    var cbor: CBORMap { [:] }

    func response(_ members: CBORMap) throws(ResponseError) -> AuthenticatorInfo {
        do throws(CBORError) {
            return try AuthenticatorInfo(cbor: members)
        } catch {
            throw .cbor(error)
        }
    }
}

extension AuthenticatorInfo {
    /// The key's most preferred protocol that this library supports; keys of CTAP 2.0 list none and have protocol one.
    package var preferredPINUVAuthProtocol: PINUVAuthProtocol? {
        guard !pinUvAuthProtocols.isEmpty else { return .one }
        return pinUvAuthProtocols.lazy.compactMap(PINUVAuthProtocol.init(rawValue:)).first
    }

    /// The message size that every key must support, in bytes (CTAP 2.1 §6.4, `maxMsgSize`).
    package static let defaultMaxMsgSize = 1024
    /// The shortest PIN that any key accepts, in code points (CTAP 2.1 §6.5.1).
    package static let defaultMinPINLength = 4

    /// Whether the key supports CTAP 2.1 or later, and therefore the selection command.
    public var supportsCTAP21: Bool {
        versions.contains { ["FIDO_2_1", "FIDO_2_2", "FIDO_2_3"].contains($0) }
    }

    /// Whether a request may say which attestation statement formats it prefers (CTAP 2.2). Older keys were not made for the
    /// member.
    package var takesAttestationFormats: Bool {
        versions.contains { ["FIDO_2_2", "FIDO_2_3"].contains($0) } || attestationFormats != ["packed"]
    }

    /// Whether the key has only U2F, and these are all that is known of it.
    public var isU2FOnly: Bool { versions == ["U2F_V2"] }

    /// The command for credential management: the preview command on keys from before CTAP 2.1, `nil` if the key
    /// supports neither.
    public var credentialManagementCommand: CTAPCommand? {
        if options.credMgmt { return .credentialManagement }
        return isCTAP21Preview && options.credentialMgmtPreview ? .credentialManagementPreview : nil
    }

    /// The command for fingerprints: the preview command on keys from before CTAP 2.1, `nil` if the key supports
    /// neither.
    public var bioEnrollmentCommand: CTAPCommand? {
        if options.bioEnroll != nil { return .bioEnrollment }
        return isCTAP21Preview && options.userVerificationMgmtPreview != nil ? .bioEnrollmentPreview : nil
    }

    /// The most bytes of the large-blob array in one message (CTAP 2.1 §6.10.2).
    var maxFragmentLength: Int { max(1, maxMsgSize - 64) }

    private var isCTAP21Preview: Bool { versions.contains("FIDO_2_1_PRE") }

    /// How many credentials one list may hold.
    ///
    /// Some keys report a wrong count, so it is trusted only from keys that also report the longest ID; 0 counts as 1.
    package var credentialsPerList: Int {
        guard maxCredentialIdLength != nil, let maxCredentialCountInList else { return 1 }
        return max(1, maxCredentialCountInList)
    }
}

extension AuthenticatorInfo {
    /// Reads the response's map.
    ///
    /// Only `versions` and `aaguid` are required. Any other member that deviates from the specification, as keys of
    /// another edition send, counts as absent and goes to `unrecognizedMembers`.
    package init(cbor map: CBORMap) throws(CBORError) {
        let aaguid = try map.required(3, "aaguid") { $0.bytes.flatMap { AAGUID($0) } }
        self.init(versions: try map.required(1, "versions", \.texts), aaguid: aaguid)
        var rest = map
        rest[1] = nil
        rest[3] = nil
        takeOptions(from: &rest)
        takeMembersOfCTAP21(from: &rest)
        takeMembersOfCTAP22(from: &rest)
        unrecognizedMembers = rest
    }

    private mutating func takeOptions(from rest: inout CBORMap) {
        guard let sent = rest.take(4, \.map) else { return }
        var unreadable = CBORMap()
        for entry in sent.entries {
            if let identifier = entry.key.text, let value = entry.value.bool {
                options[identifier] = value
            } else {
                unreadable[entry.key] = entry.value
            }
        }
        if !unreadable.isEmpty { rest[4] = .map(unreadable) }
    }

    private mutating func takeMembersOfCTAP21(from rest: inout CBORMap) {
        extensions = rest.take(0x02, \.texts) ?? extensions
        maxMsgSize = rest.take(0x05, \.nonNegativeInt) ?? maxMsgSize
        pinUvAuthProtocols = rest.take(0x06) { $0.elements(\.nonNegativeInt) } ?? pinUvAuthProtocols
        maxCredentialCountInList = rest.take(0x07, \.nonNegativeInt)
        maxCredentialIdLength = rest.take(0x08, \.nonNegativeInt)
        transports = rest.take(0x09, \.texts) ?? transports
        algorithms = rest.take(0x0A, Self.parameters) ?? algorithms
        maxSerializedLargeBlobArray = rest.take(0x0B, \.nonNegativeInt)
        forcePINChange = rest.take(0x0C, \.bool) ?? forcePINChange
        minPINLength = rest.take(0x0D, \.nonNegativeInt) ?? minPINLength
        firmwareVersion = rest.take(0x0E, \.unsigned)
        maxCredBlobLength = rest.take(0x0F, \.nonNegativeInt)
        maxRPIDsForSetMinPINLength = rest.take(0x10, \.nonNegativeInt)
        preferredPlatformUvAttempts = rest.take(0x11, \.nonNegativeInt)
        uvModality = rest.take(0x12, \.unsigned)
        certifications = rest.take(0x13, Self.levels) ?? certifications
        remainingDiscoverableCredentials = rest.take(0x14, \.nonNegativeInt)
        vendorPrototypeConfigCommands = rest.take(0x15) { $0.elements(\.unsigned) }
    }

    private mutating func takeMembersOfCTAP22(from rest: inout CBORMap) {
        attestationFormats = rest.take(0x16, \.texts) ?? attestationFormats
        uvCountSinceLastPinEntry = rest.take(0x17, \.nonNegativeInt)
        longTouchForReset = rest.take(0x18, \.bool) ?? longTouchForReset
        encIdentifier = rest.take(0x19, \.bytes)
        transportsForReset = rest.take(0x1A, \.texts)
        pinComplexityPolicy = rest.take(0x1B, \.bool)
        pinComplexityPolicyURL = rest.take(0x1C, \.bytes)
        maxPINLength = rest.take(0x1D, \.nonNegativeInt) ?? maxPINLength
        encCredStoreState = rest.take(0x1E, \.bytes)
        authenticatorConfigCommands = rest.take(0x1F) { $0.elements(\.unsigned) }
    }

    private static func parameters(_ value: CBORValue) -> [PublicKeyCredentialParameters]? {
        value.elements { $0.map.flatMap { try? PublicKeyCredentialParameters(cbor: $0) } }
    }

    private static func levels(_ value: CBORValue) -> [String: Int]? {
        guard let map = value.map else { return nil }
        var levels: [String: Int] = [:]
        for entry in map.entries {
            guard let name = entry.key.text, let level = entry.value.nonNegativeInt else { return nil }
            levels[name] = level
        }
        return levels
    }
}

extension CBORMap {
    /// Removes a member that `read` accepts, and leaves any other.
    fileprivate mutating func take<T>(_ key: CBORValue, _ read: (CBORValue) -> T?) -> T? {
        guard let value = self[key].flatMap(read) else { return nil }
        self[key] = nil
        return value
    }
}
