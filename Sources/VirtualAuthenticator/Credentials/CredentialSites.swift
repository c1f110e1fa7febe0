import Crypto

/// The discoverable credentials grouped by site, so that enumerating all of them takes linear time.
struct CredentialSites: Sendable {
    struct Site: Hashable, Sendable {
        var rpId: String
        /// The name in the newest credential that has one.
        var rpName: String?
        var rpIDHash: [UInt8]
    }

    /// In the order of their first credentials.
    private(set) var all: [Site] = []
    private var credentials: [[UInt8]: [ResidentCredential]] = [:]

    init(_ state: KeyState) {
        var places: [String: Int] = [:]
        for credential in state.credentials {
            let place = places[credential.rpId] ?? all.count
            if place == all.count {
                places[credential.rpId] = place
                all.append(Site(rpId: credential.rpId, rpIDHash: Self.hash(credential.rpId)))
            }
            all[place].rpName = credential.rpName ?? all[place].rpName
            credentials[all[place].rpIDHash, default: []].append(credential)
        }
    }

    /// Oldest first.
    func credentials(ofSite rpIDHash: [UInt8]) -> [ResidentCredential] {
        credentials[rpIDHash] ?? []
    }

    static func hash(_ rpId: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(rpId.utf8)))
    }
}
