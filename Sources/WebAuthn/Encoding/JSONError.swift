/// Why a JSON document was refused; `path` names the member, as in `response.signature` or `[0].id`.
public enum JSONError: Error, Hashable, Sendable {
    /// The bytes are not JSON in UTF-8, or are nested too deep.
    case notJSON
    /// An object has the same member twice; readers disagree about which one counts.
    case duplicate(path: String)
    /// The document has more than a mebibyte.
    case tooLong(byteCount: Int)
    /// A required member is not there, or is null.
    case missing(path: String)
    /// A member has the wrong type.
    case wrongType(path: String)
    /// A member has the right type and an invalid value.
    case badValue(path: String, reason: String)
    /// A member is valid, and all of its values are unknown to this library.
    case unsupported(path: String, reason: String)
}

extension JSONError {
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .missing(path: Self.path(context.codingPath + [key]))
        case .valueNotFound(_, let context):
            self = .missing(path: Self.path(context.codingPath))
        case .typeMismatch(_, let context):
            self = .wrongType(path: Self.path(context.codingPath))
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            self = .notJSON
        case .dataCorrupted(let context):
            self = .badValue(path: Self.path(context.codingPath), reason: context.debugDescription)
        @unknown default:
            self = .notJSON
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        var path = ""
        for key in keys {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : "." + key.stringValue
            }
        }
        return path
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notJSON: "it is not JSON"
        case .duplicate(let path): "\(path) is there twice"
        case .tooLong(let byteCount): "\(byteCount) bytes are too many; \(JSON.maximumByteCount) are read at most"
        case .missing(let path): "\(path) is missing"
        case .wrongType(let path): path.isEmpty ? "not a JSON object" : "\(path) has the wrong type"
        case .badValue(let path, let reason), .unsupported(let path, let reason): "\(path): \(reason)"
        }
    }
}
