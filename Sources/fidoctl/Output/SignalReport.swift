import CTAP2

/// The credentials that a site's signal changed, as they were before.
struct SignalReport: Encodable {
    let key: KeyName
    let rpId: String
    let changed: [DiscoverableCredential]

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
        return changed.map { Text.signalApplied(CredentialLabel($0, among: changed).line, key: key.name).localized }
    }
}
