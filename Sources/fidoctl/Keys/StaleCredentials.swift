import CTAP2
import Interaction
import WebAuthn

/// The credentials on a key that a site reports as out of date.
struct StaleCredentials: Sendable {
    enum Change: Sendable {
        case delete
        /// Replaces the account's names.
        case rename(PublicKeyCredentialUserEntity)
    }

    let rpId: String
    let change: Change
    let isStale: @Sendable (DiscoverableCredential) -> Bool

    /// Asks once, changes each credential, and checks afterwards that no stale one is left.
    func apply(_ run: KeyRun, _ consent: Consent) async throws(Failure) -> SignalReport {
        let (stale, key) = try await run.change(ChangeNotes(check: .credentialsListHint)) {
            key,
            record throws(UserVerificationError) in
            let management = try await key.credentialManagement()
            let stale = try await find(management, key)
            guard !stale.isEmpty else { return stale }
            let name = KeyName(key.description)
            let notes = stale.map { change.description(CredentialLabel($0, among: stale).line, name) }
            try await record.ask(consent, typing: "yes", to: .confirm(notes, change.question(count: stale.count)))
            for credential in stale {
                try await record.make { () throws(SessionError) in
                    try await change.make(credential.credential, management, key.operation)
                }
            }
            guard try await find(management, key).isEmpty else {
                throw record.contradiction(Failure(.protocol, .stillStale(name.name), hint: .brokenKeyHint))
            }
            return stale
        }
        return SignalReport(key: key, rpId: rpId, changed: stale, isDeletion: change.isDeletion)
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

extension StaleCredentials.Change {
    fileprivate var isDeletion: Bool {
        switch self {
        case .delete: true
        case .rename: false
        }
    }

    fileprivate func question(count: Int) -> Text {
        switch self {
        case .delete: count == 1 ? .typeYesToDelete : .typeYesToDeleteAll
        case .rename: count == 1 ? .typeYesToRename : .typeYesToRenameAll
        }
    }

    fileprivate func description(_ credential: String, _ key: KeyName) -> Text {
        switch self {
        case .delete: return .deletes(credential, key: key.name, device: key.path)
        case .rename(let user):
            let name = AuthenticationReport.name(of: user) ?? ""
            let names = user.displayName.map { "\(name) (\(TerminalText.escape($0)))" } ?? name
            return .renames(credential, to: names, key: key.name, device: key.path)
        }
    }

    fileprivate func make(
        _ credential: PublicKeyCredentialDescriptor,
        _ management: CredentialManagement,
        _ operation: Operation
    ) async throws(SessionError) {
        switch self {
        case .delete: try await management.delete(credential, operation)
        case .rename(let user): try await management.update(user, of: credential, operation)
        }
    }
}
