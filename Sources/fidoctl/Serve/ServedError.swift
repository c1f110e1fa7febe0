import CTAP2
import WebAuthn
import Interaction

/// Why a request or a message failed, as the application gets it.
struct ServedError: Error, Hashable, Encodable {
    var name: DOMException
    var failure: Failure
    /// In place of the failure's own code.
    var code: String?

    init(_ failure: Failure, _ name: DOMException? = nil, code: String? = nil) {
        self.failure = failure
        self.name = name ?? DOMException(failure.code)
        self.code = code
    }

    func encode(to encoder: any Encoder) throws {
        try FailureMembers(failure, code: code, in: [.name: name.rawValue]).encode(to: encoder)
    }
}

extension ServedError {
    /// Another request is running.
    static let busy = ServedError(Failure(.usage, .anotherRequestRuns, hint: .oneRequestHint), .operation, code: "busy")

    static let tooLong = ServedError(Failure(.badData, .messageTooLong(maximum: FrameAssembler.maximumByteCount)))

    static func unreadable(_ error: JSONError) -> ServedError {
        ServedError(Failure(.badData, .badMessage(error.explanation)))
    }

    /// The options of a request cannot be read.
    static func options(_ error: JSONError) -> ServedError {
        let code: FailureCode = if case .unsupported = error { .unsupported } else { .badData }
        return ServedError(Failure(code, .badOptions(error.explanation)))
    }

    static func origin(_ error: OriginError) -> ServedError {
        ServedError(Failure(.usage, .badOrigin(error.explanation)), .security)
    }

    /// `types` are those that the framing has.
    static func unknownType(_ type: String, types: [IncomingMessage.Kind] = IncomingMessage.Kind.allCases)
        -> ServedError
    {
        let hint = Text.messageTypesHint(types.map(\.rawValue))
        return ServedError(Failure(.usage, .unknownMessageType(TerminalText.escape(type)), hint: hint))
    }

    /// The ID is that of the running request.
    static let sameID = ServedError(Failure(.usage, .sameRequestID), .invalidState)

    /// An answer or a cancel that nothing waits for.
    static func unasked(_ message: Text) -> ServedError {
        ServedError(Failure(.usage, message), .invalidState)
    }

    static func noSuchAccount(_ index: Int, count: Int) -> ServedError {
        ServedError(Failure(.usage, .noAccountAt(index, count: count)), .data)
    }

    static let unusablePIN = ServedError(Failure(.badData, .unusablePIN(maximum: PINMember.maximumByteCount)))

    /// The input ended within a message.
    static let cutShort = ServedError(Failure(.badData, .inputEndedWithinMessage))
}
