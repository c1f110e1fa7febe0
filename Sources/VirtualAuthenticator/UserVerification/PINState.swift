import CTAP2
import Crypto

/// A key's PIN, as it is kept: never the PIN itself.
struct PINState: Hashable, Sendable {
    /// The first 16 bytes of its SHA-256.
    var hash: [UInt8]
    /// How many wrong ones are still taken (pinRetries).
    var retries = Self.maximumRetries
    /// Whether it must be changed before it can be used (forcePINChange).
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

/// The PIN in a platform's newPinEnc, decrypted and checked (CTAP 2.1 §6.5.5.5, §6.5.5.6).
enum NewPIN {
    private static let paddedSize = 64

    /// The first 16 bytes of the SHA-256 of the PIN that stands in `padded`.
    static func hash(
        padded: borrowing Secret,
        settings: UserVerificationSettings
    ) throws(Refusal) -> [UInt8] {
        guard padded.count == paddedSize else { throw Refusal(.invalidParameter) }
        return try padded.withExposedBytes { (bytes: Span<UInt8>) throws(Refusal) -> [UInt8] in
            var count = bytes.count
            while count > 0, bytes[count - 1] == 0 { count -= 1 }
            // Bytes 10xxxxxx go on with a code point.
            let codePointCount = (0..<count).count { bytes[$0] & 0xC0 != 0x80 }
            guard codePointCount >= settings.minimumPINLength, count <= settings.maximumPINLength else {
                throw Refusal(.pinPolicyViolation)
            }
            return hash(of: bytes.extracting(0..<count))
        }
    }

    private static func hash(of pin: Span<UInt8>) -> [UInt8] {
        var hash = SHA256()
        unsafe pin.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return Array(hash.finalize().prefix(16))
    }
}
