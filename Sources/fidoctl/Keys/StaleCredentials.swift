import CTAP2
import WebAuthn

/// The credentials on a key of which a site says that they are out of date.
struct StaleCredentials: Sendable {
    let rpId: String
    let isStale: @Sendable (DiscoverableCredential) -> Bool

    /// Deletes them all, after one question.
    func delete(_ run: KeyRun, _ consent: Consent) async throws -> SignalReport {
        try await change(run, consent, Text.deletes, .typeYesToDeleteAll) {
            credential,
            management,
            operation throws(SessionError) in
            try await management.delete(credential.credential, operation)
        }
    }

    /// Gives them all the account's names, after one question.
    func rename(
        to user: PublicKeyCredentialUserEntity,
        _ run: KeyRun,
        _ consent: Consent
    ) async throws -> SignalReport {
        let name = AuthenticationReport.name(of: user) ?? ""
        let names = user.displayName.map { "\(name) (\(TerminalText.escape($0)))" } ?? name
        let what: @Sendable (String, String, String) -> Text = { .renames($0, to: names, key: $1, device: $2) }
        return try await change(run, consent, what, .typeYesToRenameAll) {
            credential,
            management,
            operation throws(SessionError) in
            try await management.update(user, of: credential.credential, operation)
        }
    }

    /// Changes them one after the other; afterwards the key is asked whether any is left.
    private func change(
        _ run: KeyRun,
        _ consent: Consent,
        _ what: @escaping @Sendable (_ credential: String, _ key: String, _ device: String) -> Text,
        _ question: Text,
        _ change:
            @escaping @Sendable (DiscoverableCredential, CredentialManagement, Operation) async throws(SessionError) ->
            Void
    ) async throws(Failure) -> SignalReport {
        let (stale, key) = try await run.change(ChangeNotes(check: .credentialsListHint)) {
            key,
            record throws(UserVerificationError) in
            let management = try await key.credentialManagement()
            let stale = try await find(management, key)
            guard !stale.isEmpty else { return stale }
            let name = KeyName(key.description)
            let notes = stale.map { what(CredentialLabel($0, among: stale).line, name.name, name.path) }
            try await record.ask(consent, typing: "yes", to: .confirm(notes, question))
            for credential in stale {
                try await record.make { () throws(SessionError) in
                    try await change(credential, management, key.operation)
                }
            }
            guard try await find(management, key).isEmpty else {
                throw .interaction(Failure(.protocol, .stillListed(name.name), hint: .brokenKeyHint))
            }
            return stale
        }
        return SignalReport(key: key, rpId: rpId, changed: stale)
    }

    private func find(
        _ management: CredentialManagement,
        _ key: OpenKey
    ) async throws(UserVerificationError) -> [DiscoverableCredential] {
        try await key.perform { () throws(SessionError) in
            let hash = StoredRelyingParty.hash(of: rpId)
            let sites = try await management.relyingParties(key.operation)
            guard let rp = sites.first(where: { $0.rpIdHash == hash }) else { return [] }
            return try await management.credentials(of: rp, key.operation).filter(isStale)
        }
    }
}
