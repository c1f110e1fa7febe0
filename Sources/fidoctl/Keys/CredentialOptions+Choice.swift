import CTAP2
import Interaction
import WebAuthn

extension CredentialOptions {
    /// The selected credential; fails unless exactly one matches.
    func choose(from credentials: [DiscoverableCredential], on key: KeyName) throws(Failure) -> DiscoverableCredential {
        let matching = credentials.filter(matches)
        guard let first = matching.first else {
            throw Failure(.noCredential, .noSuchCredential(key.name), hint: .credentialsListHint).on(device: key.path)
        }
        guard matching.count > 1 else { return first }
        // IDs differ in length, and a complete one may be a prefix of another.
        if let whole = matching.first(where: { Base64URL.encode($0.credential.id) == id }) { return whole }
        let labels = matching.map { CredentialLabel($0, among: credentials).line }
        throw Failure(
            .usage,
            .severalCredentials(matching.count, key: key.name),
            hint: .candidates(labels)
        ).on(device: key.path)
    }

    func matches(_ stored: DiscoverableCredential) -> Bool {
        if let id, !Base64URL.encode(stored.credential.id).hasPrefix(id) { return false }
        if let rpId, stored.rp.rpIdHash != StoredRelyingParty.hash(of: rpId) { return false }
        guard let user else { return true }
        return stored.user.name == user || Base64URL.encode(stored.user.id) == user
    }
}
