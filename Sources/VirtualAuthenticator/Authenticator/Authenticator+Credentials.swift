import CTAP2

/// What excludeList and allowList name on this key.
extension Authenticator {
    /// A list longer than getInfo's maxCredentialCountInList ends the command before the user is asked.
    func requireLimit(on list: DescriptorList) throws(Refusal) {
        guard list.entryCount <= settings.maximumCredentialCountInList else { throw Refusal(.limitExceeded) }
    }

    /// The listed credentials that this key has for the site, in the list's order.
    func credentials(in list: DescriptorList, rpId: String, state: KeyState) throws(Refusal) -> [Credential] {
        var found: [Credential] = []
        for id in list.ids where id.count <= settings.maximumCredentialIDLength {
            if let kept = state.credentials.first(where: { $0.id == id && $0.rpId == rpId }) {
                found.append(try unlock(kept))
            } else if let wrapped = CredentialWrapping.credential(
                id: id,
                rpId: rpId,
                wrappingKey: state.wrappingKey
            ) {
                found.append(wrapped)
            }
        }
        return found
    }

    /// The site's discoverable credentials, newest first.
    func discoverableCredentials(rpId: String, state: KeyState) throws(Refusal) -> [Credential] {
        var found: [Credential] = []
        for kept in state.credentials.reversed() where kept.rpId == rpId {
            found.append(try unlock(kept))
        }
        return found
    }

    func unlock(_ credential: DiscoverableCredential) throws(Refusal) -> Credential {
        guard let unlocked = try? credential.unlocked() else { throw Refusal(.other) }
        return unlocked
    }
}
