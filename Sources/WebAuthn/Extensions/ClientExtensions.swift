/// A page's inputs to client extensions: the options' member `extensions` (WebAuthn L3 §5.7.1, §9.2).
public struct ClientExtensionInputs: Hashable, Sendable {
    /// The inputs by extension identifier, in the format that each extension defines; unknown ones are kept and
    /// ignored.
    public var members: [String: JSONValue]

    public init(_ members: [String: JSONValue] = [:]) {
        self.members = members
    }
}

/// The outputs of client extensions for the page: `clientExtensionResults` (WebAuthn L3 §5.1, §9.4).
///
/// They may hold secrets (prf, hmacGetSecret), so printing them reveals their identifiers only.
public struct ClientExtensionOutputs: Hashable, Sendable {
    /// The outputs by extension identifier; empty if no requested extension returned one.
    public var members: [String: JSONValue]

    public init(_ members: [String: JSONValue] = [:]) {
        self.members = members
    }
}

extension ClientExtensionInputs: Codable {
    public init(from decoder: any Decoder) throws {
        members = try [String: JSONValue](from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
    }
}

extension ClientExtensionOutputs: Codable {
    public init(from decoder: any Decoder) throws {
        members = try [String: JSONValue](from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
    }
}

extension ClientExtensionOutputs: CustomStringConvertible, CustomReflectable {
    public var description: String { "outputs of \(members.keys.sorted())" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
