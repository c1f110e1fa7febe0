/// The application's name for a request: a string or a whole number, given back as it came.
enum RequestID: Hashable, Sendable {
    case text(String)
    case number(Int64)

    /// Longer ones would only fill our answers.
    static let maximumLength = 128
}

extension RequestID: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            self = .number(number)
            return
        }
        let text = try container.decode(String.self)
        guard text.unicodeScalars.count <= Self.maximumLength else {
            let reason = "it has more than \(Self.maximumLength) characters"
            throw DecodingError.dataCorruptedError(in: container, debugDescription: reason)
        }
        self = .text(text)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        }
    }
}
