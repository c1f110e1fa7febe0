import Crypto

/// What the client says that it asked for: a key signs this value's hash (WebAuthn L3 §5.8.1).
public struct ClientData: Hashable, Sendable {
    /// The ceremony; unknown ones are kept.
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
    /// As it was written: other clients have origins that are no `Origin`.
    public let origin: String
    /// Whether the request came from a frame of another origin than the page's.
    public let crossOrigin: Bool
    /// The page's origin, when it is another one.
    public let topOrigin: String?
    /// The bytes whose hash was signed, as they were made or read.
    public let json: [UInt8]

    /// Client data for a request of `origin`, in the exact bytes that WebAuthn lays down.
    public init(
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
