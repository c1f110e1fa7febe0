import CTAP2
import Crypto

/// The type-checked request of authenticatorLargeBlobs (CTAP 2.1 §6.10).
struct LargeBlobsParameters {
    /// How many bytes to read.
    var get: Int?
    /// The fragment to write.
    var set: [UInt8]?
    var offset: Int?
    /// The length of the whole array, sent with the first fragment.
    var length: Int?
    var pinUVAuth: PINUVAuthParameters

    init(_ map: RequestMap) throws(Refusal) {
        get = try map.optional(0x01, \.unsigned).map { Int(clamping: $0) }
        set = try map.optional(0x02, \.bytes)
        offset = try map.optional(0x03, \.unsigned).map { Int(clamping: $0) }
        length = try map.optional(0x04, \.unsigned).map { Int(clamping: $0) }
        pinUVAuth = try PINUVAuthParameters(map, parameter: 0x05, protocol: 0x06)
    }

    /// The message that pinUvAuthParam authenticates for a fragment.
    static func message(offset: Int, fragment: [UInt8]) -> [UInt8] {
        [UInt8](repeating: 0xFF, count: 32) + [CTAPCommand.largeBlobs.rawValue, 0x00]
            + [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: offset >> $0) } + SHA256.hash(data: fragment)
    }
}

/// A serialized large-blob array (CTAP 2.1 §6.10.2): a CBOR array and the first half of its hash.
enum StoredLargeBlobs {
    static let hashSize = 16
    static let leastSize = 17
    /// The empty array of a new key.
    static let initial = withHash([0x80])

    static func isWhole(_ bytes: [UInt8]) -> Bool {
        bytes.count >= leastSize && withHash(bytes.dropLast(hashSize)) == bytes
    }

    private static func withHash(_ array: some Sequence<UInt8>) -> [UInt8] {
        let array = Array(array)
        return array + SHA256.hash(data: array).prefix(hashSize)
    }
}

/// A partly received array; the old one is kept until it is complete.
struct PartialLargeBlobArray {
    var bytes: [UInt8] = []
    /// The length of the complete array.
    var length: Int
}
