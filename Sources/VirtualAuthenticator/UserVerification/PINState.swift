import CTAP2
import Crypto

/// A key's PIN, as it is kept: never the PIN itself.
struct PINState: Hashable, Sendable {
    /// The first 16 bytes of its SHA-256.
    var hash: [UInt8]
    /// How many wrong ones are still taken (pinRetries).
    var retries = Self.maximumRetries
    /// Whether it is good for nothing but being changed (forcePINChange).
    var mustChange = false

    static let maximumRetries = 8
}

extension PINState {
    init(_ initial: UserVerificationSettings.InitialPIN) {
        hash = Array(SHA256.hash(data: Array(initial.pin.utf8)).prefix(16))
        retries = initial.retries
        mustChange = initial.mustChange
    }

    var cbor: CBORMap {
        [0x01: .bytes(hash), 0x02: .int(retries), 0x03: .bool(mustChange)]
    }

    init(cbor map: CBORMap) throws(CBORError) {
        hash = try map.required(0x01, "PIN hash", \.bytes)
        retries = try map.required(0x02, "PIN retries", \.int)
        mustChange = try map.required(0x03, "forced PIN change", \.bool)
        guard hash.count == 16 else { throw .unexpected(member: "PIN hash") }
        guard 0...Self.maximumRetries ~= retries else { throw .unexpected(member: "PIN retries") }
    }
}
