import Crypto

/// The domain that a credential belongs to (WebAuthn L3 §4, "RP ID").
///
/// An origin may use its own host and the parent domains that belong to the same owner: those below the public suffix.
public struct RelyingPartyID: Hashable, Sendable {
    package let host: HostName

    /// Reads a domain in A-labels.
    ///
    /// An RP ID is compared and hashed as written, so one in upper case belongs to no origin.
    public init(_ text: String) throws(RelyingPartyIDError) {
        guard let host = HostName(text), host.text == text else { throw .notADomain(text) }
        self.host = host
    }

    private init(host: HostName) {
        self.host = host
    }

    /// The RP ID as the key and the server see it.
    public var text: String { host.text }

    /// SHA-256 of the RP ID, as authenticator data carries it.
    package var hash: [UInt8] { Self.hash(of: text) }

    /// SHA-256 of any text that serves as an RP ID, domain or not.
    package static func hash(of text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    /// Throws unless `origin` may use this RP ID: its host is the same, or lies below it, and it is not a public suffix (WebAuthn
    /// L3 §5.1.3 step 8; HTML, "is a registrable domain suffix of or is equal to").
    public func check(for origin: Origin) throws(RelyingPartyIDError) {
        guard host != origin.host, !Self.candidates(for: origin).contains(self) else { return }
        throw origin.host.text.hasSuffix("." + text) ? .publicSuffix(self) : .notOfOrigin(self, origin)
    }

    /// Every RP ID that `origin` may use, the host itself first.
    ///
    /// A host that ends with the dot of the DNS root may also use the names without it, as in browsers.
    package static func candidates(for origin: Origin) -> [RelyingPartyID] {
        let labels = origin.host.labels
        // Saves a look at the list: the parent of two labels is always a public suffix.
        let suffixCount = labels.count > 2 ? PublicSuffixList.current.suffixLabelCount(of: labels) : 1
        let domains = labels.indices
            .filter { $0 == 0 || labels.count - $0 > suffixCount }
            .map { labels[$0...].joined(separator: ".") }
        let written = origin.host.hasRootDot ? domains.map { $0 + "." } + domains : domains
        return written.compactMap(HostName.init).map(RelyingPartyID.init(host:))
    }
}

extension RelyingPartyID: CustomStringConvertible {
    public var description: String { text }
}

/// Why an RP ID may not be used.
public enum RelyingPartyIDError: Error, Hashable, Sendable {
    /// It is not a domain in lower-case A-labels.
    case notADomain(String)
    /// It is a parent domain of the origin's host whose subdomains have different owners, such as `co.uk`.
    case publicSuffix(RelyingPartyID)
    /// It is neither the origin's host nor a parent domain of it.
    case notOfOrigin(RelyingPartyID, Origin)
}
