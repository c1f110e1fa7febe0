import ArgumentParser
import CTAP2
import WebAuthn

/// Whose blob is meant.
struct BlobTarget: ParsableArguments {
    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("The relying party of the credential.", valueName: "domain")
    )
    var rpId: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The credential's ID, or the beginning of it.", valueName: "base64url")
    )
    var credential: String?

    func validate() throws {
        guard rpId != nil || credential?.isEmpty == false else {
            throw ValidationError("Name the credential: --rp-id DOMAIN, --credential ID, or both.")
        }
    }

    /// The credential that is meant, among those that have a blob if `hasBlob`; `key` is the key's name, escaped.
    func choose(from store: BlobStore, hasBlob: Bool, of key: String) throws(Failure) -> DiscoverableCredential {
        let meant = store.credentials.filter(isMeant)
        let matching = hasBlob ? meant.filter(store.hasBlob) : meant
        guard let first = matching.first else {
            guard hasBlob, !meant.isEmpty || store.credentials.isEmpty else {
                throw Failure(.noCredential, .noSuchCredential(name, key))
            }
            throw Failure(.noCredential, .noBlob(name, key), hint: .blobsHint)
        }
        guard matching.count == 1 else {
            let labels = matching.map { Base64URL.encode($0.credential.id) + " (" + $0.account + ")" }
            throw Failure(.usage, .severalCredentials(name, key), hint: .chooseCredential(labels))
        }
        return first
    }

    private func isMeant(_ candidate: DiscoverableCredential) -> Bool {
        (rpId.map { candidate.rp.rpIdHash == StoredRelyingParty.hash(of: $0) } ?? true)
            && (credential.map { Base64URL.encode(candidate.credential.id).hasPrefix($0) } ?? true)
    }

    /// As it was given, for people.
    private var name: String {
        [rpId.map(TerminalText.site), credential.map(TerminalText.escape)].compactMap(\.self).joined(separator: ", ")
    }
}

extension DiscoverableCredential {
    /// Site and account for people, escaped.
    var account: String {
        [rp.id.map(TerminalText.site) ?? "?", AuthenticationReport.name(of: user) ?? "?"].joined(separator: ", ")
    }
}
