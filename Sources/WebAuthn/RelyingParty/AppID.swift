/// The https URL by which a site identified itself in U2F, in place of an RP ID (WebAuthn L3 §10.1.1, §10.1.2).
public struct AppID: Hashable, Sendable {
    /// As the site registered its credentials: authenticator data carry the SHA-256 of this text.
    public let text: String
    private let origin: Origin

    /// Google's sites have AppIDs on another domain of Google's; browsers allow them by name too.
    private static let ofGoogle = [
        "https://www.gstatic.com/securitykey/origins.json",
        "https://www.gstatic.com/securitykey/a/google.com/origins.json",
    ]

    public init(_ text: String) throws(AppIDError) {
        let scheme = "https://"
        guard text.hasPrefix(scheme) else { throw .notAURL(text) }
        let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard let origin = try? Origin(scheme + host) else { throw .notAURL(text) }
        self.text = text
        self.origin = origin
    }

    /// Throws unless `origin` is of the same site: the two hosts share a domain that could be an RP ID of both.
    ///
    /// Lists of trusted facets, which the AppID may name, are not fetched, as in browsers.
    public func check(for origin: Origin) throws(AppIDError) {
        let domains = Set(RelyingPartyID.candidates(for: origin))
        if Self.ofGoogle.contains(text), domains.contains(where: { $0.text == "google.com" }) { return }
        guard !domains.isDisjoint(with: RelyingPartyID.candidates(for: self.origin)) else {
            throw .notOfOrigin(self, origin)
        }
    }
}

/// Why an AppID may not be used.
public enum AppIDError: Error, Hashable, Sendable {
    /// It is not an https URL with a domain.
    case notAURL(String)
    /// Its host and the origin's belong to different sites.
    case notOfOrigin(AppID, Origin)
}
