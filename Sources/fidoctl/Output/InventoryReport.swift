import CTAP2
import Interaction

/// The credentials of one or several keys.
struct InventoryReport: Encodable {
    struct Key {
        let key: KeyName
        let result: Result<CredentialInventory, Failure>
        /// The user's own name for the key.
        var ownName: String?
        /// Whether the list was remembered and is still current, so that the key was not asked.
        var isFromMemory = false
    }

    let keys: [Key]

    private enum Members: CodingKey {
        case keys
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(keys.map { KeyReport(key: $0, all: self) }, forKey: .keys)
    }

    /// For display: the keys, their sites and the accounts of each site.
    var lines: [String] {
        keys.flatMap { key in
            switch key.result {
            case .failure(let failure): [Text.notListed(key.key.name, key.key.path, failure.message).localized]
            case .success(let inventory): lines(of: inventory, on: key)
            }
        }
    }

    private func lines(of inventory: CredentialInventory, on key: Key) -> [String] {
        let credentials = inventory.credentials
        var count = Text.credentialCount(credentials.count, remaining: inventory.count.remaining)
        if key.isFromMemory { count = count + .fromMemory }
        var lines = ["\(key.key.called(key.ownName))  \(key.key.path)  \(count.localized)"]
        let ids = ShortIDs(credentials.map(\.credential.id))
        let labels = credentials.map { CredentialLabel($0, ids) }
        let rows = zip(credentials, labels).map { stored, label in
            let remarks = label.remarks + (isOnly(stored, on: key) == true ? [Text.onlyOnThisKey] : [])
            let cells = [label.account, label.id]
            return remarks.isEmpty ? cells : cells + [remarks.map(\.localized).joined(separator: ", ")]
        }
        var sites: [String: [String]] = [:]
        for (label, line) in zip(labels, Columns.lines(rows)) { sites[label.site, default: []].append("    " + line) }
        for (site, accounts) in sites.sorted(by: { $0.key < $1.key }) { lines += ["  " + site] + accounts }
        return lines
    }

    /// Whether no other listed key has a credential for this account; `nil` if that is unknown, because no other key is
    /// listed or one could not be.
    func isOnly(_ stored: DiscoverableCredential, on key: Key) -> Bool? {
        let others = keys.filter { $0.key != key.key }
        let inventories = others.compactMap { try? $0.result.get() }
        let isElsewhere = inventories.contains { other in
            other.credentials.contains { $0.rp.rpIdHash == stored.rp.rpIdHash && $0.user.id == stored.user.id }
        }
        if isElsewhere { return false }
        return others.isEmpty || inventories.count < others.count ? nil : true
    }
}

/// One key of an inventory in JSON.
private struct KeyReport: Encodable {
    let key: InventoryReport.Key
    let all: InventoryReport

    private enum Members: CodingKey {
        case device, name, ownName, fromMemory, existing, remaining, credentials, error
    }

    /// Encodes every member; without a list, its members are null.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(key.key.path, forKey: .device)
        try members.encode(key.key.name, forKey: .name)
        try members.encode(key.ownName, forKey: .ownName)
        try members.encode(key.isFromMemory, forKey: .fromMemory)
        let inventory = try? key.result.get()
        try members.encode(inventory?.count.existing, forKey: .existing)
        try members.encode(inventory?.count.remaining, forKey: .remaining)
        let credentials = inventory?.credentials.map { stored in
            CredentialReport(stored: stored, onlyOnThisKey: all.isOnly(stored, on: key))
        }
        try members.encode(credentials, forKey: .credentials)
        try members.encode(key.result.failureReport, forKey: .error)
    }
}
