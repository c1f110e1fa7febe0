import Crypto

/// What the client states about the request; a key signs its hash (WebAuthn L3 §5.8.1).
public struct ClientData: Hashable, Sendable {
    /// The ceremony; unknown values are kept.
    public struct Ceremony: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let create = Ceremony(rawValue: "webauthn.create")
        public static let get = Ceremony(rawValue: "webauthn.get")
    }

    public let type: Ceremony
    public let challenge: [UInt8]
    /// As written: native apps have origins that are not an `Origin`.
    public let origin: String
    /// Whether the request came from a frame whose origin differs from the page's.
    public let crossOrigin: Bool
    /// The page's origin, when the request came from a frame of another.
    public let topOrigin: String?
    /// The serialized bytes whose hash the key signed.
    public let json: [UInt8]

    /// Client data for a request from `origin`, serialized exactly as WebAuthn specifies.
    package init(
        type: Ceremony,
        challenge: [UInt8],
        origin: Origin,
        crossOrigin: Bool = false,
        topOrigin: Origin? = nil
    ) {
        self.type = type
        self.challenge = challenge
        self.origin = origin.description
        self.crossOrigin = crossOrigin
        self.topOrigin = topOrigin?.description
        json = Self.serialize(
            type: type,
            challenge: challenge,
            origin: origin.description,
            crossOrigin: crossOrigin,
            topOrigin: topOrigin?.description
        )
    }

    init(
        type: Ceremony,
        challenge: [UInt8],
        origin: String,
        crossOrigin: Bool,
        topOrigin: String?,
        json: [UInt8]
    ) {
        self.type = type
        self.challenge = challenge
        self.origin = origin
        self.crossOrigin = crossOrigin
        self.topOrigin = topOrigin
        self.json = json
    }

    /// SHA-256 of the bytes: CTAP's `clientDataHash`.
    public var hash: [UInt8] { Array(SHA256.hash(data: json)) }
}
