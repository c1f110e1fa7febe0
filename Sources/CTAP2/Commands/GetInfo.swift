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
        self.init(versions: try map.required(1, "versions") { $0.texts }, aaguid: aaguid)
        for entry in map.entries {
            switch entry.key.unsigned {
            case 1?, 3?: break
            case 4?: takeOptions(entry.value)
            case let member?:
                guard !takeMemberOfCTAP21(member, entry.value), !takeMemberOfCTAP22(member, entry.value) else { break }
                unrecognizedMembers.append(uncheckedKey: entry.key, value: entry.value)
            case nil: unrecognizedMembers.append(uncheckedKey: entry.key, value: entry.value)
            }
        }
    }

    private mutating func takeOptions(_ value: CBORValue) {
        guard let sent = value.map else { return unrecognizedMembers.append(uncheckedKey: 4, value: value) }
        var unreadable = CBORMap()
        options.values.reserveCapacity(sent.count)
        for entry in sent.entries {
            if let identifier = entry.key.text, let value = entry.value.bool {
                options[identifier] = value
            } else {
                unreadable.append(uncheckedKey: entry.key, value: entry.value)
            }
        }
        if !unreadable.isEmpty { unrecognizedMembers.append(uncheckedKey: 4, value: .map(unreadable)) }
    }

    /// Takes a member that CTAP 2.1 has; `false` if it is another one or its value is not of the specified type.
    private mutating func takeMemberOfCTAP21(_ member: UInt64, _ value: CBORValue) -> Bool {
        switch member {
        case 0x02: take(value.texts, into: &extensions)
        case 0x05: take(value.nonNegativeInt, into: &maxMsgSize)
        case 0x06: take(value.elements { $0.nonNegativeInt }, into: &pinUvAuthProtocols)
        case 0x07: take(value.nonNegativeInt, into: &maxCredentialCountInList)
        case 0x08: take(value.nonNegativeInt, into: &maxCredentialIdLength)
        case 0x09: take(value.texts, into: &transports)
        case 0x0A: take(Self.parameters(value), into: &algorithms)
        case 0x0B: take(value.nonNegativeInt, into: &maxSerializedLargeBlobArray)
        case 0x0C: take(value.bool, into: &forcePINChange)
        case 0x0D: take(value.nonNegativeInt, into: &minPINLength)
        case 0x0E: take(value.unsigned, into: &firmwareVersion)
        case 0x0F: take(value.nonNegativeInt, into: &maxCredBlobLength)
        case 0x10: take(value.nonNegativeInt, into: &maxRPIDsForSetMinPINLength)
        case 0x11: take(value.nonNegativeInt, into: &preferredPlatformUvAttempts)
        case 0x12: take(value.unsigned, into: &uvModality)
        case 0x13: take(Self.levels(value), into: &certifications)
        case 0x14: take(value.nonNegativeInt, into: &remainingDiscoverableCredentials)
        case 0x15: take(value.elements { $0.unsigned }, into: &vendorPrototypeConfigCommands)
        default: false
        }
    }

    /// The same of the members since CTAP 2.2.
    private mutating func takeMemberOfCTAP22(_ member: UInt64, _ value: CBORValue) -> Bool {
        switch member {
        case 0x16: take(value.texts, into: &attestationFormats)
        case 0x17: take(value.nonNegativeInt, into: &uvCountSinceLastPinEntry)
        case 0x18: take(value.bool, into: &longTouchForReset)
        case 0x19: take(value.bytes, into: &encIdentifier)
        case 0x1A: take(value.texts, into: &transportsForReset)
        case 0x1B: take(value.bool, into: &pinComplexityPolicy)
        case 0x1C: take(value.bytes, into: &pinComplexityPolicyURL)
        case 0x1D: take(value.nonNegativeInt, into: &maxPINLength)
        case 0x1E: take(value.bytes, into: &encCredStoreState)
        case 0x1F: take(value.elements { $0.unsigned }, into: &authenticatorConfigCommands)
        default: false
        }
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

/// Sets a member if its value could be read.
private func take<T>(_ value: T?, into member: inout T) -> Bool {
    guard let value else { return false }
    member = value
    return true
}

private func take<T>(_ value: T?, into member: inout T?) -> Bool {
    guard let value else { return false }
    member = value
    return true
}
