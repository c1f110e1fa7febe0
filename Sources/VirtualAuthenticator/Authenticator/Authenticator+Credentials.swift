import CTAP2

/// The key's credentials for an excludeList or allowList.
extension Authenticator {
    /// Fails the command, before any user action, if a list is longer than getInfo's maxCredentialCountInList.
    func requireLimit(on list: DescriptorList) throws(Refusal) {
        guard list.entryCount <= settings.maximumCredentialCountInList else { throw Refusal(.limitExceeded) }
    }

    /// This key's credentials for the site that are on the list, in the list's order.
    func credentials(in list: DescriptorList, rpId: String, state: KeyState) throws(Refusal) -> [Credential] {
        var found: [Credential] = []
        for id in list.ids where id.count <= settings.maximumCredentialIDLength {
            if let kept = state.credentials.first(where: { $0.id == id && $0.rpId == rpId }) {
                found.append(try unlock(kept))
            } else if let wrapped = CredentialWrapping.credential(
                id: id,
                rpIDHash: CredentialSites.hash(rpId),
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

    func unlock(_ credential: ResidentCredential) throws(Refusal) -> Credential {
        guard let unlocked = try? credential.unlocked() else { throw Refusal(.other) }
        return unlocked
    }
}
