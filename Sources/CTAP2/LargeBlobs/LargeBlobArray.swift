import Crypto

/// A serialized large-blob array, or a blob in it, cannot be read or written.
public enum LargeBlobArrayError: Error, Hashable, Sendable {
    /// The array does not end with its digest: it counts as empty (CTAP 2.3 §6.10.2).
    case digest
    /// The digest is correct, but the data are not a CBOR array: they must not be overwritten.
    case cbor(CBORError)
    /// A large-blob key must have 32 bytes.
    case keyLength(byteCount: Int)
    /// The uncompressed data exceed `LargeBlob.maximumByteCount`.
    case tooLong(byteCount: UInt64)
    /// The blob was decrypted, but its compressed data are invalid.
    case compression
}

/// The large blobs of all of a key's credentials (CTAP 2.3 §6.10.3).
///
/// The owner of a blob is the credential whose key decrypts it. Every element, of a known form or not, is written back
/// byte for byte as it was read.
public struct LargeBlobArray: Hashable, Sendable {
    public struct Element: Hashable, Sendable {
        /// The encoded element.
        public let bytes: [UInt8]
        /// `nil` if the element has another form, for example of a later specification.
        public let blob: LargeBlob?
    }

    public private(set) var elements: [Element] = []

    /// An empty array, the initial state of a key.
    public init() {}

    /// Parses an array with its digest.
    public init(serialized: [UInt8]) throws(LargeBlobArrayError) {
        let body = Array(serialized.dropLast(Self.digestByteCount))
        guard Self.digest(of: body) == Array(serialized.suffix(Self.digestByteCount)) else { throw .digest }
        do throws(CBORError) {
            elements = try Self.elements(in: body)
        } catch {
            throw .cbor(error)
        }
    }

    /// The array with its digest, as a key stores it.
    public var serialized: [UInt8] {
        let body = CBOREncoder.arrayHead(count: elements.count) + elements.flatMap(\.bytes)
        return body + Self.digest(of: body)
    }

    /// The data of the credential with this key; `nil` if it has no blob.
    public func data(for largeBlobKey: LargeBlobKey) throws(LargeBlobArrayError) -> [UInt8]? {
        for element in elements {
            if let data = try element.blob?.open(with: largeBlobKey) { return data }
        }
        return nil
    }

    /// Adds the data of the credential with this key, or replaces them.
    public mutating func set(_ data: [UInt8], for largeBlobKey: LargeBlobKey) throws(LargeBlobArrayError) {
        let blob = try LargeBlob(sealing: data, with: largeBlobKey)
        removeData(for: largeBlobKey)
        elements.append(Element(bytes: CBOREncoder.encode(blob.cbor), blob: blob))
    }

    /// Removes the blobs of the credential with this key; returns whether there were any.
    @discardableResult
    public mutating func removeData(for largeBlobKey: LargeBlobKey) -> Bool {
        remove { $0.belongs(to: largeBlobKey) } > 0
    }

    /// Removes the elements that `isUnwanted` matches; returns their number.
    @discardableResult
    public mutating func remove(where isUnwanted: (Element) -> Bool) -> Int {
        let count = elements.count
        elements.removeAll(where: isUnwanted)
        return count - elements.count
    }

    private static let digestByteCount = 16
    /// Deeper than large-blob maps, for elements of unknown form.
    private static let maximumDepth = 16

    private static func digest(of body: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: body).prefix(digestByteCount))
    }

    /// Decodes the whole array, then each element again to find its end.
    private static func elements(in body: [UInt8]) throws(CBORError) -> [Element] {
        let whole = try CBORDecoder.decode(body, maximumDepth: maximumDepth)
        guard let values = whole.array else { throw .unexpected(member: "largeBlobArray") }
        var offset = CBORDecoder.headByteCount(body.first ?? 0)
        var elements: [Element] = []
        for value in values {
            let start = offset
            _ = try CBORDecoder.decodeFirst(of: body, from: &offset, maximumDepth: maximumDepth)
            elements.append(Element(bytes: Array(body[start..<offset]), blob: LargeBlob(cbor: value)))
        }
        return elements
    }
}

extension LargeBlobArray.Element {
    /// Whether it was encrypted with this key, even if its compressed data are invalid.
    public func belongs(to largeBlobKey: LargeBlobKey) -> Bool {
        blob?.decrypt(with: largeBlobKey) != nil
    }
}
