import Crypto
import FoundationEssentials

/// A credential's data in the large-blob array, compressed and encrypted (CTAP 2.3 §6.10.3).
public struct LargeBlob: Hashable, Sendable {
    /// The limit of uncompressed data, above any key's capacity; a blob that claims more is not decompressed.
    package static let maximumByteCount = 1 << 20

    /// The ciphertext of AES-256-GCM, followed by the tag of 16 bytes.
    public let ciphertext: [UInt8]
    /// 12 bytes.
    public let nonce: [UInt8]
    /// The uncompressed size of the data in bytes.
    public let origSize: UInt64

    /// Compresses and encrypts data with a credential's `largeBlobKey`.
    public init(sealing plaintext: [UInt8], with largeBlobKey: LargeBlobKey) throws(LargeBlobArrayError) {
        try self.init(sealing: plaintext, with: largeBlobKey, nonce: AES.GCM.Nonce())
    }

    private init(
        sealing plaintext: [UInt8],
        with largeBlobKey: LargeBlobKey,
        nonce: AES.GCM.Nonce
    ) throws(LargeBlobArrayError) {
        guard largeBlobKey.bytes.count == Self.keyByteCount else {
            throw .keyLength(byteCount: largeBlobKey.bytes.count)
        }
        guard plaintext.count <= Self.maximumByteCount, let compressed = Deflate.compress(plaintext) else {
            throw .tooLong(byteCount: UInt64(plaintext.count))
        }
        let origSize = UInt64(plaintext.count)
        do {
            let box = try AES.GCM.seal(
                compressed,
                using: SymmetricKey(data: largeBlobKey.bytes),
                nonce: nonce,
                authenticating: Self.additionalData(origSize)
            )
            ciphertext = Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .keyLength(byteCount: largeBlobKey.bytes.count)
        }
        self.nonce = Array(nonce)
        self.origSize = origSize
    }

    /// The decrypted data; `nil` if they were encrypted with another key. Throws if decompression fails.
    public func open(with largeBlobKey: LargeBlobKey) throws(LargeBlobArrayError) -> [UInt8]? {
        guard let compressed = decrypt(with: largeBlobKey) else { return nil }
        guard origSize <= Self.maximumByteCount else { throw .tooLong(byteCount: origSize) }
        guard let plaintext = Deflate.decompress(compressed, byteCount: Int(origSize)) else {
            throw .compression
        }
        return plaintext
    }

    /// The compressed data; `nil` if they were encrypted with another key.
    func decrypt(with largeBlobKey: LargeBlobKey) -> [UInt8]? {
        guard largeBlobKey.bytes.count == Self.keyByteCount else { return nil }
        let compressed = try? AES.GCM.open(
            AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce),
                ciphertext: ciphertext.dropLast(Self.tagByteCount),
                tag: ciphertext.suffix(Self.tagByteCount)
            ),
            using: SymmetricKey(data: largeBlobKey.bytes),
            authenticating: Self.additionalData(origSize)
        )
        return compressed.map { Array($0) }
    }

    private static let keyByteCount = 32
    private static let tagByteCount = 16

    /// The associated data: `blob` and the uncompressed size.
    private static func additionalData(_ origSize: UInt64) -> [UInt8] {
        Array("blob".utf8) + origSize.littleEndianBytes
    }
}

extension LargeBlob {
    package var cbor: CBORMap { [1: .bytes(ciphertext), 2: .bytes(nonce), 3: .unsigned(origSize)] }

    /// `nil` unless `value` is a large-blob map.
    init?(cbor value: CBORValue) {
        guard let map = value.map, let ciphertext = map[1]?.bytes, let nonce = map[2]?.bytes, nonce.count == 12,
            let origSize = map[3]?.unsigned
        else { return nil }
        self.ciphertext = ciphertext
        self.nonce = nonce
        self.origSize = origSize
    }
}

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }
}
