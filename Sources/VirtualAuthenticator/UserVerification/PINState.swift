import CTAP2
import Crypto

/// The stored form of a key's PIN, without the PIN itself.
struct PINState: Hashable, Sendable {
    /// The first 16 bytes of its SHA-256.
    var hash: [UInt8]
    /// The remaining tries (pinRetries).
    var retries = Self.maximumRetries
    /// Whether it must be changed before it can be used (forcePINChange).
    var mustChange = false
    /// In code points.
    var length: Int
    /// Whether it meets the complexity policy.
    var isComplex: Bool

    static let maximumRetries = 8
    /// The assumed length of a PIN if only its hash is known.
    private static let leastLength = 4
}

extension PINState {
    init(_ initial: UserVerificationSettings.InitialPIN) {
        let bytes = Array(initial.pin.utf8)
        hash = Array(SHA256.hash(data: bytes).prefix(16))
        retries = initial.retries
        mustChange = initial.mustChange
        length = initial.pin.unicodeScalars.count
        isComplex = NewPIN.isComplex(bytes.span)
    }

    var cbor: CBORMap {
        [
            0x01: .bytes(hash), 0x02: .int(retries), 0x03: .bool(mustChange), 0x04: .int(length),
            0x05: .bool(isComplex),
        ]
    }

    /// State files before version 3 lack the members 0x04 and 0x05.
    init(cbor map: CBORMap) throws(CBORError) {
        hash = try map.required(0x01, "PIN hash", \.bytes)
        retries = try map.required(0x02, "PIN retries", \.int)
        mustChange = try map.required(0x03, "forced PIN change", \.bool)
        length = try map.optional(0x04, "PIN length", \.nonNegativeInt) ?? Self.leastLength
        isComplex = try map.optional(0x05, "PIN complexity", \.bool) ?? false
        guard hash.count == 16 else { throw .unexpected(member: "PIN hash") }
        guard 0...Self.maximumRetries ~= retries else { throw .unexpected(member: "PIN retries") }
    }
}
