internal import CTAP2

/// A site's options: bare, or as the member `publicKey` of the argument to `navigator.credentials` (WebAuthn L3 §5.1.1).
struct OptionsDocument<Members: Decodable>: Decodable {
    let members: Members
    private let isWrapped: Bool

    private enum Key: CodingKey {
        case publicKey
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        isWrapped = container.contains(.publicKey)
        members = isWrapped ? try container.decode(Members.self, forKey: .publicKey) : try Members(from: decoder)
    }

    /// The path of a member, for errors.
    func path(_ member: String) -> String {
        isWrapped ? "publicKey." + member : member
    }
}

/// Bytes in options, where some servers pad base64url.
struct OptionBytes: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            bytes = try Base64URL.decodePadded(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}

extension OptionsDocument {
    /// A challenge, which must not be empty.
    func challenge(_ bytes: OptionBytes) throws(JSONError) -> [UInt8] {
        guard !bytes.bytes.isEmpty else { throw .badValue(path: path("challenge"), reason: "it is empty") }
        return bytes.bytes
    }

    /// A number of milliseconds; WebAuthn's `unsigned long` ends after 49 days.
    func timeout(_ milliseconds: Double?) throws(JSONError) -> Duration? {
        guard let milliseconds else { return nil }
        guard milliseconds >= 0 else { throw .badValue(path: path("timeout"), reason: "it is negative") }
        return .milliseconds(min(milliseconds, Double(UInt32.max)))
    }

    /// The credentials of a list whose type is known; the others are ignored (WebAuthn L3 §5.8.3).
    func credentials(
        _ descriptors: [DescriptorMembers]?,
        in member: String
    ) throws(JSONError) -> [PublicKeyCredentialDescriptor] {
        let all = descriptors ?? []
        if let index = all.firstIndex(where: { $0.id.bytes.isEmpty }) {
            throw .badValue(path: path("\(member)[\(index)].id"), reason: "it is empty")
        }
        return all.filter { $0.type == "public-key" }
            .map { PublicKeyCredentialDescriptor(id: $0.id.bytes, transports: $0.transports) }
    }
}

/// PublicKeyCredentialDescriptorJSON (WebAuthn L3 §5.1.8).
struct DescriptorMembers: Decodable {
    var type: String
    var id: OptionBytes
    var transports: [String]?
}
