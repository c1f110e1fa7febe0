/// A client extension's input is invalid, or not allowed in this ceremony.
public struct ExtensionInputError: Error, Hashable, Sendable {
    /// The exception that a browser throws for it.
    public enum Exception: String, Hashable, Sendable {
        case notSupported = "NotSupportedError"
        case security = "SecurityError"
        case syntax = "SyntaxError"
        case type = "TypeError"
    }

    /// The extension's identifier.
    public let identifier: String
    public let exception: Exception
    /// A short description of what is wrong with the input.
    public let reason: String

    package init(identifier: String, _ exception: Exception = .type, reason: String) {
        self.identifier = identifier
        self.exception = exception
        self.reason = reason
    }
}

/// Why an extension prevents a ceremony; nothing was sent for the ceremony yet.
package enum ExtensionError: Error, Hashable, Sendable {
    case input(ExtensionInputError)
    /// The page requires the extension with this identifier, and the key lacks it.
    case notSupported(String)
}

/// A value in an extension's input, with its place for errors.
package struct ExtensionInput {
    let identifier: String
    /// The path below the input; empty for the input itself.
    private let path: String
    private let value: JSONValue

    fileprivate init(identifier: String, path: String = "", _ value: JSONValue) {
        self.identifier = identifier
        self.path = path
        self.value = value
    }

    /// The members of an object, without those that are null.
    func members() throws(ExtensionError) -> [String: ExtensionInput] {
        guard case .object(let members) = value else { throw wrong("an object") }
        var inputs: [String: ExtensionInput] = [:]
        for (name, value) in members where value != .null {
            inputs[name] = ExtensionInput(identifier: identifier, path: path.isEmpty ? name : "\(path).\(name)", value)
        }
        return inputs
    }

    func flag() throws(ExtensionError) -> Bool {
        guard case .bool(let flag) = value else { throw wrong("true or false") }
        return flag
    }

    func text() throws(ExtensionError) -> String {
        guard case .string(let text) = value else { throw wrong("a string") }
        return text
    }

    func bytes() throws(ExtensionError) -> [UInt8] {
        guard case .string(let text) = value, let bytes = try? Base64URL.decodePadded(text) else {
            throw wrong("base64url")
        }
        return bytes
    }

    /// An error about this value, which must be `expected`.
    func wrong(_ expected: String) -> ExtensionError {
        error(.type, "\(path.isEmpty ? "it" : path) must be \(expected)")
    }

    func error(_ exception: ExtensionInputError.Exception, _ reason: String) -> ExtensionError {
        .input(ExtensionInputError(identifier: identifier, exception, reason: reason))
    }
}

extension ClientExtensionInputs {
    /// An extension's input; `nil` if it is absent or null.
    subscript(identifier: String) -> ExtensionInput? {
        guard let value = members[identifier], value != .null else { return nil }
        return ExtensionInput(identifier: identifier, value)
    }

    /// An input that is true or false; false if it is absent.
    func flag(_ identifier: String) throws(ExtensionError) -> Bool {
        try self[identifier]?.flag() ?? false
    }
}
