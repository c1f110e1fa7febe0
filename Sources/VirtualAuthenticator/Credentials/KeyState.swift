import CTAP2

/// The persistent state of a virtual key.
struct KeyState: Hashable, Sendable {
    var attestation: AttestationIdentity
    /// The key that decrypts the IDs of credentials not stored here; a reset replaces it.
    var wrappingKey: [UInt8]
    /// The signature counter, shared by all credentials.
    var signatureCounter: UInt32 = 0
    /// Oldest first.
    var credentials: [ResidentCredential] = []
    /// `nil` if it is not set.
    var pin: PINState?
    /// The remaining failures before the sensor is blocked; `nil` means all.
    var uvRetries: Int?
    var configuration = KeyConfiguration()
    /// The enrolled fingers; `nil` means those at manufacture.
    var templates: [EnrolledFinger]?
    /// The serialized large-blob array; `nil` means the initial one.
    var largeBlobs: [UInt8]?
    /// `nil` in a state of an older version, until it is needed.
    var identity: KeyIdentity?
}

extension KeyState {
    var bytes: [UInt8] {
        var map: CBORMap = [
            0x01: .bytes(attestation.secret),
            0x02: .array(attestation.certificates.map { .bytes($0) }),
            0x03: .bytes(wrappingKey),
            0x04: .unsigned(UInt64(signatureCounter)),
            0x05: .array(credentials.map { .map($0.cbor) }),
        ]
        map[0x06] = pin.map { .map($0.cbor) }
        map[0x07] = uvRetries.map { .int($0) }
        if configuration != KeyConfiguration() { map[0x08] = .map(configuration.cbor) }
        map[0x09] = templates.map { .array($0.map { .map($0.cbor) }) }
        map[0x0A] = largeBlobs.map { .bytes($0) }
        map[0x0B] = identity.map { .map($0.cbor) }
        return CBOREncoder.encode(map)
    }

    init(bytes: [UInt8]) throws(CBORError) {
        guard let map = try CBORDecoder.decode(bytes, rules: .canonical).map else { throw .unexpected(member: "state") }
        attestation = AttestationIdentity(
            secret: try map.required(0x01, "attestation key", \.bytes),
            certificates: try map.required(0x02, "attestation certificates") { $0.array?.compactMap(\.bytes) }
        )
        wrappingKey = try map.required(0x03, "wrapping key", \.bytes)
        guard wrappingKey.count == 32 else { throw .unexpected(member: "wrapping key") }
        signatureCounter = try map.required(0x04, "signature counter") { $0.unsigned.flatMap(UInt32.init(exactly:)) }
        for element in try map.required(0x05, "credentials", \.array) {
            guard let credential = element.map else { throw .unexpected(member: "credentials") }
            credentials.append(try ResidentCredential(cbor: credential))
        }
        if let map = try map.optional(0x06, "PIN", \.map) { pin = try PINState(cbor: map) }
        uvRetries = try map.optional(0x07, "UV retries", \.nonNegativeInt)
        if let map = try map.optional(0x08, "configuration", \.map) {
            configuration = try KeyConfiguration(cbor: map)
        }
        if let elements = try map.optional(0x09, "templates", { $0.elements(\.map) }) {
            templates = try elements.map { element throws(CBORError) in try EnrolledFinger(cbor: element) }
        }
        largeBlobs = try map.optional(0x0A, "large blobs", \.bytes)
        if let map = try map.optional(0x0B, "identity", \.map) { identity = try KeyIdentity(cbor: map) }
    }
}
