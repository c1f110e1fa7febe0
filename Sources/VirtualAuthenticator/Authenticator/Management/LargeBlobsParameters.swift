import CTAP2
import Crypto

/// The request of authenticatorLargeBlobs, its types checked (CTAP 2.1 §6.10).
struct LargeBlobsParameters {
    /// How many bytes to read.
    var get: Int?
    /// The fragment to write.
    var set: [UInt8]?
    var offset: Int?
    /// Of the whole array; with its first fragment.
    var length: Int?
    var pinUVAuth: PINUVAuthParameters

    init(_ map: RequestMap) throws(Refusal) {
        get = try map.optional(0x01, \.unsigned).map { Int(clamping: $0) }
        set = try map.optional(0x02, \.bytes)
        offset = try map.optional(0x03, \.unsigned).map { Int(clamping: $0) }
        length = try map.optional(0x04, \.unsigned).map { Int(clamping: $0) }
        pinUVAuth = try PINUVAuthParameters(map, parameter: 0x05, protocol: 0x06)
    }

    /// What pinUvAuthParam authenticates of a fragment.
    static func message(offset: Int, fragment: [UInt8]) -> [UInt8] {
        [UInt8](repeating: 0xFF, count: 32) + [CTAPCommand.largeBlobs.rawValue, 0x00]
            + [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: offset >> $0) } + SHA256.hash(data: fragment)
    }
}

/// A serialized large-blob array (CTAP 2.1 §6.10.2): an array in CBOR, and the first half of its hash.
enum LargeBlobArray {
    static let hashSize = 16
    static let leastSize = 17
    /// An array without elements, as on a new key.
    static let initial = withHash([0x80])

    static func isWhole(_ bytes: [UInt8]) -> Bool {
        bytes.count >= leastSize && withHash(bytes.dropLast(hashSize)) == bytes
    }

    private static func withHash(_ array: some Sequence<UInt8>) -> [UInt8] {
        let array = Array(array)
        return array + SHA256.hash(data: array).prefix(hashSize)
    }
}

/// An array of which not all fragments have come; the old one is kept until then.
struct PartialLargeBlobArray {
    var bytes: [UInt8] = []
    /// When it is whole.
    var length: Int
}
