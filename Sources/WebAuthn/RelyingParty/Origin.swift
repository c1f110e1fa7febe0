/// Where a request comes from: scheme, host and port (RFC 6454).
///
/// Only origins that may use WebAuthn can be made: https with a domain, and http with localhost.
public struct Origin: Hashable, Sendable {
    /// The two schemes from which WebAuthn may be used.
    public enum Scheme: String, Hashable, Sendable {
        case https
        case http

        var defaultPort: UInt16 {
            switch self {
            case .https: 443
            case .http: 80
            }
        }
    }

    public let scheme: Scheme
    public let host: HostName
    /// `nil` for the scheme's own port.
    public let port: UInt16?

    /// Reads `scheme://host` or `scheme://host:port`; scheme and host in any case, nothing after them.
    public init(_ text: String) throws(OriginError) {
        guard let separator = text.firstRange(of: "://") else { throw .noScheme }
        guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else {
            throw .unsupportedScheme(String(text[..<separator.lowerBound]))
        }
        let authority = text[separator.upperBound...]
        guard !authority.contains(where: { "/?#@".contains($0) }) else { throw .moreThanOrigin }
        guard !authority.hasPrefix("[") else { throw .address(String(authority)) }
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let hostText = String(parts.first ?? "")
        guard !HostName.endsInNumber(hostText) else { throw .address(hostText) }
        guard let host = HostName(hostText) else { throw .badHost(hostText) }
        guard scheme == .https || host.isLocalhost else { throw .insecure(host) }
        self.scheme = scheme
        self.host = host
        port = parts.count == 2 ? try Self.port(parts[1], scheme: scheme) : nil
    }

    /// The origin `https://host`.
    package init(https host: HostName) {
        scheme = .https
        self.host = host
        port = nil
    }

    private static func port(_ text: Substring, scheme: Scheme) throws(OriginError) -> UInt16? {
        guard
            text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let port = UInt16(text)
        else { throw .badPort(String(text)) }
        return port == scheme.defaultPort ? nil : port
    }
}

extension HostName {
    /// Whether the name always resolves to this machine (RFC 6761 §6.3).
    var isLocalhost: Bool { labels.last == "localhost" }
}

extension Origin: CustomStringConvertible {
    /// The serialization that client data carries: lower case, the port only when it is not the scheme's own.
    public var description: String {
        scheme.rawValue + "://" + host.text + (port.map { ":\($0)" } ?? "")
    }
}

/// Why a text is not an origin from which WebAuthn may be used.
public enum OriginError: Error, Hashable, Sendable {
    /// There is no `://`.
    case noScheme
    /// A scheme other than https and http.
    case unsupportedScheme(String)
    /// http, and the host is not localhost.
    case insecure(HostName)
    /// The host is not a domain in A-labels.
    case badHost(String)
    /// The host is an IP address in any spelling, or would be parsed as one.
    case address(String)
    /// The port is not a number up to 65535.
    case badPort(String)
    /// A path, query, fragment or user name follows or precedes the host.
    case moreThanOrigin
}
