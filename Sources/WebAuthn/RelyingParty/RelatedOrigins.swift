/// The origins of other sites that may use an RP ID: its `/.well-known/webauthn` (WebAuthn L3 §5.11).
public struct RelatedOrigins: Hashable, Sendable {
    /// How many different names, such as `example` for example.com and example.co.uk, are taken from a document; the rest is
    /// ignored, so that no document can tie unrelated sites together.
    private static let maximumLabelCount = 5

    private let origins: [Origin]

    /// Reads the document that `https://RP-ID/.well-known/webauthn` serves.
    public init(json: [UInt8]) throws(JSONError) {
        let members = try JSON.decode(Members.self, from: json)
        var labels: Set<Substring> = []
        var origins: [Origin] = []
        for item in members.origins {
            guard let site = Site(item), let label = site.host.registrableLabel else { continue }
            guard labels.contains(label) || labels.count < Self.maximumLabelCount else { continue }
            labels.insert(label)
            if let origin = site.origin { origins.append(origin) }
        }
        self.origins = origins
    }

    func contains(_ origin: Origin) -> Bool { origins.contains(origin) }

    private struct Members: Decodable {
        var origins: [String]
    }

    /// The beginning of a URL.
    private struct Site {
        let host: HostName
        /// `nil` if WebAuthn cannot be used from there.
        let origin: Origin?

        init?(_ url: String) {
            guard let separator = url.firstRange(of: "://") else { return nil }
            let authority = url[separator.upperBound...].prefix { !"/?#".contains($0) }
            guard let host = HostName(String(authority.prefix { $0 != ":" })) else { return nil }
            self.host = host
            origin = try? Origin(String(url[..<authority.endIndex]))
        }
    }
}

extension HostName {
    /// The label before the public suffix: `example` of login.example.co.uk; `nil` for a public suffix.
    fileprivate var registrableLabel: Substring? {
        labels.dropLast(PublicSuffixList.current.suffixLabelCount(of: labels)).last
    }
}
