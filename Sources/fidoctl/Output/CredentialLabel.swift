import CTAP2
import Interaction
import WebAuthn

/// A credential for display, with every part escaped. The labels of a long list share one `ShortIDs`.
struct CredentialLabel {
    let site: String
    /// The account's names, or its ID if it has no name.
    let account: String
    /// The shortest unique prefix of the ID, of at least eight characters.
    let id: String
    let remarks: [Text]

    init(_ stored: DiscoverableCredential, among credentials: [DiscoverableCredential]) {
        self.init(stored, ShortIDs(credentials.map(\.credential.id)))
    }

    init(_ stored: DiscoverableCredential, _ ids: ShortIDs) {
        site = Self.site(stored.rp)
        let names = AuthenticationReport.name(of: stored.user) ?? ""
        let display = stored.user.displayName.map(TerminalText.escape) ?? ""
        account = display.isEmpty || display == names ? names : "\(names) (\(display))"
        id = ids.short(stored.credential.id)
        remarks = Self.remarks(stored)
    }

    /// The credential on one line.
    var line: String { Text.credential(account: account, site: site, id: id).localized }

    /// The RP ID, with an ellipsis if the key truncated it.
    static func site(_ rp: StoredRelyingParty) -> String {
        guard let id = rp.id, !id.isEmpty else { return Text.unknownSite(Base64URL.encode(rp.rpIdHash)).localized }
        return rp.idIsWhole ? TerminalText.site(id) : TerminalText.escape(id) + "…"
    }

    private static func remarks(_ stored: DiscoverableCredential) -> [Text] {
        var remarks: [Text] = []
        switch stored.credProtect {
        case 2: remarks.append(.credProtect2)
        case 3: remarks.append(.credProtect3)
        default: break
        }
        if stored.largeBlobKey != nil { remarks.append(.largeBlobPossible) }
        if stored.thirdPartyPayment == true { remarks.append(.thirdPartyPayment) }
        return remarks
    }
}

/// The shortest beginnings that tell a key's credential IDs apart, in base64url.
struct ShortIDs {
    private static let leastLength = 8
    /// How many characters each ID has in common with the one that is most like it.
    private var shared: [String: Int] = [:]

    init(_ ids: [[UInt8]]) {
        // IDs that are alike are neighbours when sorted.
        let sorted = ids.map(Base64URL.encode).sorted()
        for (first, second) in zip(sorted, sorted.dropFirst()) where first != second {
            let count = zip(first, second).prefix { $0 == $1 }.count
            for id in [first, second] { shared[id] = max(shared[id] ?? 0, count) }
        }
    }

    func short(_ id: [UInt8]) -> String {
        let whole = Base64URL.encode(id)
        return String(whole.prefix(max(Self.leastLength, (shared[whole] ?? 0) + 1)))
    }
}
