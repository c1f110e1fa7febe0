@testable import CTAP2
import Crypto
import Testing

extension VectorCheck {
    /// Serialized large-blob arrays and their elements.
    static let largeBlobs = [
        VectorCheck(name: "large blob", claims: { $0.file == "large_blob.json" && $0.shape.contains("entry") }) {
            data,
            expect in
            let entry = try #require(data["entry"]?.bytes)
            let blob = try #require(LargeBlob(cbor: try CBORDecoder.decode(entry)))
            let key = try #require(data["largeBlobKey"]?.bytes)
            let plaintext = try #require(expect["plaintext"]?.bytes)
            #expect(try blob.open(with: LargeBlobKey(key)) == plaintext)
            #expect(blob.nonce == expect["nonce"]?.bytes)
            #expect(Int(blob.origSize) == expect["origSize"]?.number)
            let compressed = try #require(expect["compressed"]?.bytes)
            #expect(Deflate.decompress(compressed, byteCount: plaintext.count) == plaintext)
            let aad = try #require(expect["aad"]?.bytes)
            #expect(aad == Array("blob".utf8) + blob.origSize.littleEndianBytes)
            #expect(try compressedData(of: blob, with: key) == compressed)
        },
        VectorCheck(
            name: "initial large-blob array",
            claims: { $0.file == "large_blob.json" && $0.expectations == ["serializedArray"] }
        ) { _, expect in
            #expect(LargeBlobArray().serialized == expect["serializedArray"]?.bytes)
        },
        VectorCheck(
            name: "read of the initial large-blob array",
            claims: { $0.file == "large_blob.json" && $0.shape.contains("request") }
        ) { data, expect in
            let request = LargeBlobsRequest(.get(960), at: 0)
            #expect(request.message == data["request"]?.bytes)
            let members = try #require(expect["responseMap"]?.cborMap)
            #expect(try LargeBlobArray(serialized: request.response(members)) == LargeBlobArray())
        },
        VectorCheck(
            name: "large-blob array",
            claims: { $0.file == "large_blob.json" && $0.expectations.contains("plaintexts") }
        ) { data, expect in
            let bytes = try #require(data["serializedArray"]?.bytes)
            let array = try LargeBlobArray(serialized: bytes)
            #expect(array.serialized == bytes)
            let keys = try #require(data["keys"]).array.compactMap(\.bytes)
            let plaintexts = try #require(expect["plaintexts"]).array.map(\.bytes)
            #expect(try keys.map { try array.data(for: LargeBlobKey($0)) } == plaintexts)
            let compressed = try #require(expect["compressed"]).array.map(\.bytes)
            let blobs = array.elements.compactMap(\.blob)
            #expect(try zip(blobs, keys).map { try compressedData(of: $0, with: $1) } == compressed)
        },
        VectorCheck(
            name: "large-blob array with a wrong digest",
            claims: { $0.file == "large_blob.json" && $0.expectations == ["valid"] }
        ) { data, expect in
            let bytes = try #require(data["serializedArray"]?.bytes)
            #expect(expect["valid"]?.flag == false)
            #expect(throws: LargeBlobArrayError.digest) { try LargeBlobArray(serialized: bytes) }
        },
    ]

    /// The formula of CTAP 2.3 §6.10.3, implemented without the library.
    private static func compressedData(of blob: LargeBlob, with key: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(
            nonce: AES.GCM.Nonce(data: blob.nonce),
            ciphertext: blob.ciphertext.dropLast(16),
            tag: blob.ciphertext.suffix(16)
        )
        let aad = Array("blob".utf8) + (0..<8).map { UInt8(truncatingIfNeeded: blob.origSize >> ($0 * 8)) }
        return Array(try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: aad))
    }
}
