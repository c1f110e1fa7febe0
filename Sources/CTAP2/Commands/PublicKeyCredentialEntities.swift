/// The relying party that a credential is for (CTAP 2.1 §6.1).
public struct PublicKeyCredentialRpEntity: Hashable, Sendable {
    /// The RP ID: a domain name such as `example.com`.
    public var id: String
    /// A name for display.
    public var name: String?

    public init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }
}

extension PublicKeyCredentialRpEntity {
    /// The map as it stands in requests.
    package var cbor: CBORMap {
        var map: CBORMap = ["id": .text(id)]
        map["name"] = name.map(CBORValue.text)
        return map
    }

    /// Reads a map that a key sent; other members are ignored.
    package init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required("id", "rp.id", \.text)
        name = map["name"]?.text
    }
}

/// The account that a credential is for (CTAP 2.1 §6.1).
public struct PublicKeyCredentialUserEntity: Hashable, Sendable {
    /// The relying party's handle for the account, 1 to 64 bytes.
    public var id: [UInt8]
    /// The account's name, such as `alice@example.com`.
    public var name: String?
    /// The person's name, such as `Alice`.
    public var displayName: String?

    public init(id: [UInt8], name: String? = nil, displayName: String? = nil) {
        self.id = id
        self.name = name
        self.displayName = displayName
    }
}

extension PublicKeyCredentialUserEntity {
    /// The map as it stands in requests; an empty `displayName` is omitted, since some keys reject it with
    /// `INVALID_LENGTH`.
    package var cbor: CBORMap {
        var map: CBORMap = ["id": .bytes(id)]
        map["name"] = name.map(CBORValue.text)
        if let displayName, !displayName.isEmpty { map["displayName"] = .text(displayName) }
        return map
    }

    /// Reads a map that a key sent; other members are ignored.
    package init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required("id", "user.id", \.bytes)
        name = map["name"]?.text
        displayName = map["displayName"]?.text
    }
}

extension PublicKeyCredentialUserEntity {
    /// The account with names that every key accepts: truncated to 64 bytes between two characters, and `nil` instead
    /// of empty (WebAuthn L3 §6.4.1).
    public var withFittingNames: PublicKeyCredentialUserEntity {
        PublicKeyCredentialUserEntity(
            id: id,
            name: name.flatMap(Self.fitting),
            displayName: displayName.flatMap(Self.fitting)
        )
    }

    private static let maximumNameByteCount = 64

    private static func fitting(_ name: String) -> String? {
        guard name.utf8.count > maximumNameByteCount else { return name.isEmpty ? nil : name }
        var (cut, byteCount) = ("", 0)
        for character in name {
            byteCount += character.utf8.count
            guard byteCount <= maximumNameByteCount else { break }
            cut.append(character)
        }
        // A single character with many combining marks can exceed the limit. A scalar has at most four bytes.
        return cut.isEmpty
            ? String(String.UnicodeScalarView(name.unicodeScalars.prefix(maximumNameByteCount / 4))) : cut
    }
}

/// Identifies a credential (CTAP 2.1 §6.1, WebAuthn §5.8.3).
public struct PublicKeyCredentialDescriptor: Hashable, Sendable {
    /// `public-key`; keys ignore entries of another type.
    public var type: String
    /// The credential ID, 1 to 1023 bytes.
    public var id: [UInt8]
    /// How the credential's key can be reached (`usb`, `nfc`, …); for clients, never sent to a key.
    public var transports: [String]?

    public init(type: String = "public-key", id: [UInt8], transports: [String]? = nil) {
        self.type = type
        self.id = id
        self.transports = transports
    }
}

extension PublicKeyCredentialDescriptor {
    /// The map as it stands in requests; without `transports`, which some older keys reject with a CBOR error.
    package var cbor: CBORMap { ["id": .bytes(id), "type": .text(type)] }

    /// Reads a map that a key sent; other members are ignored.
    package init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required("id", "credential.id", \.bytes)
        type = map["type"]?.text ?? "public-key"
        transports = map["transports"]?.texts
    }
}

/// A kind of credential and the algorithm of its signatures (CTAP 2.1 §6.1, WebAuthn §5.3).
public struct PublicKeyCredentialParameters: Hashable, Sendable {
    /// `public-key`.
    public var type: String
    public var alg: COSEAlgorithm

    public init(type: String = "public-key", alg: COSEAlgorithm) {
        self.type = type
        self.alg = alg
    }
}

extension PublicKeyCredentialParameters {
    /// The map as it stands in requests.
    package var cbor: CBORMap { ["alg": .int(alg.rawValue), "type": .text(type)] }

    /// Reads a map that a key sent; other members are ignored.
    package init(cbor map: CBORMap) throws(CBORError) {
        alg = COSEAlgorithm(rawValue: try map.required("alg", "alg", \.int))
        type = try map.required("type", "type", \.text)
    }
}
