/// The first byte of every CTAP2 request (CTAP 2.3 §6).
public struct CTAPCommand: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let makeCredential = CTAPCommand(rawValue: 0x01)
    public static let getAssertion = CTAPCommand(rawValue: 0x02)
    public static let getInfo = CTAPCommand(rawValue: 0x04)
    public static let clientPIN = CTAPCommand(rawValue: 0x06)
    public static let reset = CTAPCommand(rawValue: 0x07)
    public static let getNextAssertion = CTAPCommand(rawValue: 0x08)
    public static let bioEnrollment = CTAPCommand(rawValue: 0x09)
    public static let credentialManagement = CTAPCommand(rawValue: 0x0A)
    public static let selection = CTAPCommand(rawValue: 0x0B)
    public static let largeBlobs = CTAPCommand(rawValue: 0x0C)
    public static let config = CTAPCommand(rawValue: 0x0D)
    /// Bio enrolment of keys from before CTAP 2.1 (`FIDO_2_1_PRE`).
    public static let bioEnrollmentPreview = CTAPCommand(rawValue: 0x40)
    /// Credential management of keys from before CTAP 2.1 (`FIDO_2_1_PRE`).
    public static let credentialManagementPreview = CTAPCommand(rawValue: 0x41)
}

extension CTAPCommand: CustomStringConvertible {
    /// The specification's name, or the code in hexadecimal.
    public var description: String {
        switch self {
        case .makeCredential: "authenticatorMakeCredential"
        case .getAssertion: "authenticatorGetAssertion"
        case .getInfo: "authenticatorGetInfo"
        case .clientPIN: "authenticatorClientPIN"
        case .reset: "authenticatorReset"
        case .getNextAssertion: "authenticatorGetNextAssertion"
        case .bioEnrollment: "authenticatorBioEnrollment"
        case .credentialManagement: "authenticatorCredentialManagement"
        case .selection: "authenticatorSelection"
        case .largeBlobs: "authenticatorLargeBlobs"
        case .config: "authenticatorConfig"
        case .bioEnrollmentPreview: "authenticatorBioEnrollment (preview)"
        case .credentialManagementPreview: "authenticatorCredentialManagement (preview)"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}
