/// What the JSON of registrations and authentications has in common.

/// The only credential type (WebAuthn L3 §5.8.2).
let publicKeyType = "public-key"

func checkCredentialType(_ type: String) throws(JSONError) {
    guard type == publicKeyType else {
        throw .badValue(path: "type", reason: "\"\(publicKeyType)\" is the only type there is")
    }
}

/// A member that nothing depends on: a value of the wrong type is ignored.
struct Lenient<Value: Codable & Sendable>: Codable {
    var value: Value?

    init(_ value: Value?) {
        self.value = value
    }

    init(from decoder: any Decoder) {
        value = try? Value(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension SignedClientData {
    /// Client data take precedence; a hash beside them is only a copy.
    init(json: Base64URLBytes?, hash: Base64URLBytes?) throws(JSONError) {
        if let json {
            self = .json(json.bytes)
        } else if let hash {
            guard hash.bytes.count == 32 else {
                throw .badValue(path: "response.clientDataHash", reason: "not the 32 bytes of a SHA-256 hash")
            }
            self = .hash(hash.bytes)
        } else {
            throw .missing(path: "response.clientDataJSON")
        }
    }

    var jsonMember: Base64URLBytes? {
        if case .json(let bytes) = self { Base64URLBytes(bytes) } else { nil }
    }

    var hashMember: Base64URLBytes? {
        if case .hash(let bytes) = self { Base64URLBytes(bytes) } else { nil }
    }
}
