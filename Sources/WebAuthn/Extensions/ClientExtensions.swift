/// What a page asks of client extensions: options' member `extensions` (WebAuthn L3 §5.7.1, §9.2).
public struct ClientExtensionInputs: Hashable, Sendable {
    /// The inputs by extension identifier, in the shape that each extension defines; unknown ones are kept and ignored.
    public var members: [String: JSONValue]

    public init(_ members: [String: JSONValue] = [:]) {
        self.members = members
    }
}

/// What client extensions give back to the page: `clientExtensionResults` (WebAuthn L3 §5.1, §9.4).
public struct ClientExtensionOutputs: Hashable, Sendable {
    /// The outputs by extension identifier; empty when no extension was asked for, or none of them gave anything.
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
