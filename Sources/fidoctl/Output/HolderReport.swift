import Interaction
import WebAuthn

/// Which keys hold a credential of a login's list, asked without a touch.
struct HolderReport: Encodable {
    let rpId: String
    let keys: [Key]

    struct Key {
        let name: KeyName
        /// The ID of the credential; `nil` if the key holds none of the list.
        let credentialID: Result<[UInt8]?, Failure>
    }

    var hasHolder: Bool {
        keys.contains { key in if case .success(.some) = key.credentialID { true } else { false } }
    }

    /// For display, a line for each key.
    var lines: [String] {
        keys.map { key in
            let (name, path) = (key.name.name, key.name.path)
            return switch key.credentialID {
            case .success(let id): Text.holder(name, path, credential: id.map(Base64URL.encode)).localized
            case .failure(let failure): Text.notAsked(name, path, failure.message).localized
            }
        }
    }
}

extension HolderReport.Key: Encodable {
    private enum Members: CodingKey {
        case device, name, credentialId, error
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(name.path, forKey: .device)
        try members.encode(name.name, forKey: .name)
        let id = (try? credentialID.get()) ?? nil
        try members.encode(id.map(Base64URLBytes.init), forKey: .credentialId)
        try members.encode(credentialID.failureReport, forKey: .error)
    }
}
