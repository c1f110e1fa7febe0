import WebAuthn

/// What an application gets.
enum OutgoingMessage: Encodable {
    case event(RequestID, EventLine)
    /// The end of a request.
    case result(RequestID, any Encodable & Sendable)
    /// The end of a request.
    case error(RequestID, ServedError)
    /// A message was not used. It ends no request.
    case rejected(RequestID?, ServedError)

    private enum Members: CodingKey {
        case id, type, result, error
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        switch self {
        case .event(let id, let event):
            try members.encode(id, forKey: .id)
            try members.encode("event", forKey: .type)
            try event.encode(to: encoder)
        case .result(let id, let result):
            try members.encode(id, forKey: .id)
            try members.encode("result", forKey: .type)
            try members.encode(result, forKey: .result)
        case .error(let id, let error):
            try members.encode(id, forKey: .id)
            try members.encode("error", forKey: .type)
            try members.encode(error, forKey: .error)
        case .rejected(let id, let error):
            try members.encode(id, forKey: .id)
            try members.encode("rejected", forKey: .type)
            try members.encode(error, forKey: .error)
        }
    }
}
