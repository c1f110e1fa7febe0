import CTAP2
import WebAuthn

/// A stored credential for people: every part escaped.
struct CredentialLabel {
    let site: String
    /// The account's names, or its ID.
    let account: String
    /// The beginning of the ID that no other credential of the key has.
    let id: String
    let remarks: [Text]

    init(_ stored: DiscoverableCredential, among credentials: [DiscoverableCredential]) {
        site = Self.site(stored.rp)
        let names = AuthenticationReport.name(of: stored.user) ?? ""
        let display = stored.user.displayName.map(TerminalText.escape) ?? ""
        account = display.isEmpty || display == names ? names : "\(names) (\(display))"
        id = Self.shortest(stored.credential.id, among: credentials.map(\.credential.id))
        remarks = Self.remarks(stored)
    }

    /// The credential on one line.
    var line: String { Text.credential(account: account, site: site, id: id).localized }

    /// The relying party's ID, marked where the key cut it off.
    static func site(_ rp: StoredRelyingParty) -> String {
        guard let id = rp.id, !id.isEmpty else { return Text.unknownSite(Base64URL.encode(rp.rpIdHash)).localized }
        return rp.idIsWhole ? TerminalText.site(id) : TerminalText.escape(id) + "…"
    }

    private static let leastLength = 8

    private static func shortest(_ id: [UInt8], among ids: [[UInt8]]) -> String {
        let whole = Base64URL.encode(id)
        let others = ids.filter { $0 != id }.map(Base64URL.encode)
        let shared = others.map { zip($0, whole).prefix { $0 == $1 }.count }.max() ?? 0
        return String(whole.prefix(max(leastLength, shared + 1)))
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
