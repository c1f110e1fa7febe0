/// The first byte of every CTAP2 response (CTAP 2.1 §8.2); unknown values are kept.
public struct StatusCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let success = StatusCode(rawValue: 0x00)
    public static let invalidCommand = StatusCode(rawValue: 0x01)
    public static let invalidParameter = StatusCode(rawValue: 0x02)
    public static let invalidLength = StatusCode(rawValue: 0x03)
    public static let invalidSequence = StatusCode(rawValue: 0x04)
    public static let timeout = StatusCode(rawValue: 0x05)
    public static let channelBusy = StatusCode(rawValue: 0x06)
    public static let lockRequired = StatusCode(rawValue: 0x0A)
    public static let invalidChannel = StatusCode(rawValue: 0x0B)
    public static let cborUnexpectedType = StatusCode(rawValue: 0x11)
    public static let invalidCBOR = StatusCode(rawValue: 0x12)
    public static let missingParameter = StatusCode(rawValue: 0x14)
    public static let limitExceeded = StatusCode(rawValue: 0x15)
    public static let unsupportedExtension = StatusCode(rawValue: 0x16)
    public static let fingerprintDatabaseFull = StatusCode(rawValue: 0x17)
    public static let largeBlobStorageFull = StatusCode(rawValue: 0x18)
    public static let credentialExcluded = StatusCode(rawValue: 0x19)
    public static let processing = StatusCode(rawValue: 0x21)
    public static let invalidCredential = StatusCode(rawValue: 0x22)
    public static let userActionPending = StatusCode(rawValue: 0x23)
    public static let operationPending = StatusCode(rawValue: 0x24)
    public static let noOperations = StatusCode(rawValue: 0x25)
    public static let unsupportedAlgorithm = StatusCode(rawValue: 0x26)
    public static let operationDenied = StatusCode(rawValue: 0x27)
    public static let keyStoreFull = StatusCode(rawValue: 0x28)
    public static let notBusy = StatusCode(rawValue: 0x29)
    public static let noOperationPending = StatusCode(rawValue: 0x2A)
    public static let unsupportedOption = StatusCode(rawValue: 0x2B)
    public static let invalidOption = StatusCode(rawValue: 0x2C)
    public static let keepaliveCancel = StatusCode(rawValue: 0x2D)
    public static let noCredentials = StatusCode(rawValue: 0x2E)
    public static let userActionTimeout = StatusCode(rawValue: 0x2F)
    public static let notAllowed = StatusCode(rawValue: 0x30)
    public static let pinInvalid = StatusCode(rawValue: 0x31)
    public static let pinBlocked = StatusCode(rawValue: 0x32)
    public static let pinAuthInvalid = StatusCode(rawValue: 0x33)
    public static let pinAuthBlocked = StatusCode(rawValue: 0x34)
    public static let pinNotSet = StatusCode(rawValue: 0x35)
    public static let pinUVAuthTokenRequired = StatusCode(rawValue: 0x36)
    public static let pinPolicyViolation = StatusCode(rawValue: 0x37)
    public static let pinTokenExpired = StatusCode(rawValue: 0x38)
    public static let requestTooLarge = StatusCode(rawValue: 0x39)
    public static let actionTimeout = StatusCode(rawValue: 0x3A)
    public static let userPresenceRequired = StatusCode(rawValue: 0x3B)
    public static let userVerificationBlocked = StatusCode(rawValue: 0x3C)
    public static let integrityFailure = StatusCode(rawValue: 0x3D)
    public static let invalidSubcommand = StatusCode(rawValue: 0x3E)
    public static let userVerificationInvalid = StatusCode(rawValue: 0x3F)
    public static let unauthorizedPermission = StatusCode(rawValue: 0x40)
    public static let other = StatusCode(rawValue: 0x7F)
}

extension StatusCode {
    /// The specification's name, such as `CTAP2_ERR_NO_CREDENTIALS`; for an unknown code, a name with its number.
    public var name: String {
        if let name = Self.names[rawValue] { return name }
        let number = "0x" + String(rawValue, radix: 16)
        return switch rawValue {
        case 0xE0...0xEF: "CTAP2_ERR_EXTENSION_" + number
        case 0xF0...0xFF: "CTAP2_ERR_VENDOR_" + number
        default: "CTAP2_ERR_UNKNOWN_" + number
        }
    }

    private static let names: [UInt8: String] = [
        0x00: "CTAP2_OK",
        0x01: "CTAP1_ERR_INVALID_COMMAND",
        0x02: "CTAP1_ERR_INVALID_PARAMETER",
        0x03: "CTAP1_ERR_INVALID_LENGTH",
        0x04: "CTAP1_ERR_INVALID_SEQ",
        0x05: "CTAP1_ERR_TIMEOUT",
        0x06: "CTAP1_ERR_CHANNEL_BUSY",
        0x0A: "CTAP1_ERR_LOCK_REQUIRED",
        0x0B: "CTAP1_ERR_INVALID_CHANNEL",
        0x11: "CTAP2_ERR_CBOR_UNEXPECTED_TYPE",
        0x12: "CTAP2_ERR_INVALID_CBOR",
        0x14: "CTAP2_ERR_MISSING_PARAMETER",
        0x15: "CTAP2_ERR_LIMIT_EXCEEDED",
        0x16: "CTAP2_ERR_UNSUPPORTED_EXTENSION",
        0x17: "CTAP2_ERR_FP_DATABASE_FULL",
        0x18: "CTAP2_ERR_LARGE_BLOB_STORAGE_FULL",
        0x19: "CTAP2_ERR_CREDENTIAL_EXCLUDED",
        0x21: "CTAP2_ERR_PROCESSING",
        0x22: "CTAP2_ERR_INVALID_CREDENTIAL",
        0x23: "CTAP2_ERR_USER_ACTION_PENDING",
        0x24: "CTAP2_ERR_OPERATION_PENDING",
        0x25: "CTAP2_ERR_NO_OPERATIONS",
        0x26: "CTAP2_ERR_UNSUPPORTED_ALGORITHM",
        0x27: "CTAP2_ERR_OPERATION_DENIED",
        0x28: "CTAP2_ERR_KEY_STORE_FULL",
        0x29: "CTAP2_ERR_NOT_BUSY",
        0x2A: "CTAP2_ERR_NO_OPERATION_PENDING",
        0x2B: "CTAP2_ERR_UNSUPPORTED_OPTION",
        0x2C: "CTAP2_ERR_INVALID_OPTION",
        0x2D: "CTAP2_ERR_KEEPALIVE_CANCEL",
        0x2E: "CTAP2_ERR_NO_CREDENTIALS",
        0x2F: "CTAP2_ERR_USER_ACTION_TIMEOUT",
        0x30: "CTAP2_ERR_NOT_ALLOWED",
        0x31: "CTAP2_ERR_PIN_INVALID",
        0x32: "CTAP2_ERR_PIN_BLOCKED",
        0x33: "CTAP2_ERR_PIN_AUTH_INVALID",
        0x34: "CTAP2_ERR_PIN_AUTH_BLOCKED",
        0x35: "CTAP2_ERR_PIN_NOT_SET",
        0x36: "CTAP2_ERR_PUAT_REQUIRED",
        0x37: "CTAP2_ERR_PIN_POLICY_VIOLATION",
        0x38: "CTAP2_ERR_PIN_TOKEN_EXPIRED",
        0x39: "CTAP2_ERR_REQUEST_TOO_LARGE",
        0x3A: "CTAP2_ERR_ACTION_TIMEOUT",
        0x3B: "CTAP2_ERR_UP_REQUIRED",
        0x3C: "CTAP2_ERR_UV_BLOCKED",
        0x3D: "CTAP2_ERR_INTEGRITY_FAILURE",
        0x3E: "CTAP2_ERR_INVALID_SUBCOMMAND",
        0x3F: "CTAP2_ERR_UV_INVALID",
        0x40: "CTAP2_ERR_UNAUTHORIZED_PERMISSION",
        0x7F: "CTAP1_ERR_OTHER",
        0xDF: "CTAP2_ERR_SPEC_LAST",
    ]
}

extension StatusCode: CustomStringConvertible {
    public var description: String { name }
}
