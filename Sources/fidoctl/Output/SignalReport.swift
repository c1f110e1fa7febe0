import CTAP2
import Interaction

/// The credentials that a site's signal changed, as they were before.
struct SignalReport: Encodable {
    let key: KeyName
    let rpId: String
    let changed: [DiscoverableCredential]
    /// Whether the credentials are gone, and not only renamed.
    let isDeletion: Bool

    private enum Members: CodingKey {
        case device, name, rpId, credentials
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(key.path, forKey: .device)
        try members.encode(key.name, forKey: .name)
        try members.encode(rpId, forKey: .rpId)
        try members.encode(changed.map { CredentialReport(stored: $0) }, forKey: .credentials)
    }

    var lines: [String] {
        guard !changed.isEmpty else { return [Text.nothingStale(key.name, site: TerminalText.site(rpId)).localized] }
        return changed.map { credential in
            let label = CredentialLabel(credential, among: changed).line
            let text: Text = isDeletion ? .deleted(label, key: key.name) : .renamed(label, key: key.name)
            return text.localized
        }
    }
}
