/// The status word at the end of a U2F response (U2F Raw Message Formats 1.2 §3.3).
enum U2FStatus: UInt16, Error, CaseIterable {
    case success = 0x9000
    /// A touch is needed; to check-only: the credential is this key's.
    case conditionsNotSatisfied = 0x6985
    /// The credential is not this key's.
    case wrongData = 0x6A80
    case wrongLength = 0x6700
    case classNotSupported = 0x6E00
    case instructionNotSupported = 0x6D00
    /// U2F is turned off.
    case commandNotAllowed = 0x6986
    case otherError = 0x6F00

    /// The name in scenario files, from the specification or ISO 7816-4.
    var name: String {
        switch self {
        case .success: "SW_NO_ERROR"
        case .conditionsNotSatisfied: "SW_CONDITIONS_NOT_SATISFIED"
        case .wrongData: "SW_WRONG_DATA"
        case .wrongLength: "SW_WRONG_LENGTH"
        case .classNotSupported: "SW_CLA_NOT_SUPPORTED"
        case .instructionNotSupported: "SW_INS_NOT_SUPPORTED"
        case .commandNotAllowed: "SW_COMMAND_NOT_ALLOWED"
        case .otherError: "SW_UNKNOWN"
        }
    }

    /// The two bytes at the end of a response.
    static func bytes(of word: UInt16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word)]
    }
}
