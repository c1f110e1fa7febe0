import CTAP2
import WebAuthn

/// A credential for display, with every part escaped.
struct CredentialLabel {
    let site: String
    /// The account's names, or its ID if it has no name.
    let account: String
    /// The shortest unique prefix of the ID, of at least eight characters.
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

    /// The RP ID, with an ellipsis if the key truncated it.
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
