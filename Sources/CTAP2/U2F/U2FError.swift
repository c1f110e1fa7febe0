import Platform

/// Why a U2F request did not succeed on a key.
public enum U2FError: Error, Hashable, Sendable {
    /// The key answered with this status word.
    case status(U2FStatusWord)
    /// The response ends before `member` does.
    case truncated(member: String)
    /// `member` has an impossible value.
    case unexpected(member: String)
}

/// The status word at the end of a U2F response (U2F Raw Message Formats 1.2 §3.3); unknown ones are kept.
public struct U2FStatusWord: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let noError = U2FStatusWord(rawValue: 0x9000)
    /// A touch is needed. To a request that only checks: the credential is the key's.
    public static let conditionsNotSatisfied = U2FStatusWord(rawValue: 0x6985)
    /// The credential is not the key's.
    public static let wrongData = U2FStatusWord(rawValue: 0x6A80)
    public static let wrongLength = U2FStatusWord(rawValue: 0x6700)
    public static let classNotSupported = U2FStatusWord(rawValue: 0x6E00)
    public static let instructionNotSupported = U2FStatusWord(rawValue: 0x6D00)
    /// The request is not allowed, for example while U2F is turned off.
    public static let commandNotAllowed = U2FStatusWord(rawValue: 0x6986)
}

extension U2FStatusWord: CustomStringConvertible {
    /// The specification's name, or the number in hexadecimal.
    public var description: String {
        switch self {
        case .noError: "SW_NO_ERROR"
        case .conditionsNotSatisfied: "SW_CONDITIONS_NOT_SATISFIED"
        case .wrongData: "SW_WRONG_DATA"
        case .wrongLength: "SW_WRONG_LENGTH"
        case .classNotSupported: "SW_CLA_NOT_SUPPORTED"
        case .instructionNotSupported: "SW_INS_NOT_SUPPORTED"
        case .commandNotAllowed: "SW_COMMAND_NOT_ALLOWED"
        default: "SW 0x" + rawValue.hexadecimal
        }
    }
}
