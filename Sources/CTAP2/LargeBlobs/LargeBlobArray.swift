import Crypto

/// Why a serialized large-blob array, or a blob in it, cannot be read or written.
public enum LargeBlobArrayError: Error, Hashable, Sendable {
    /// The array does not end with its digest: it counts as an empty one (CTAP 2.3 §6.10.2).
    case digest
    /// The digest is right, and what stands before it is not a CBOR array: nothing may be written in its place.
    case cbor(CBORError)
    /// A large-blob key has 32 bytes.
    case keyLength(byteCount: Int)
    /// Longer than what is packed or unpacked.
    case tooLong(byteCount: UInt64)
    /// The blob was encrypted with the credential's key, and its compressed data are broken.
    case compression
}

/// The blobs that a key keeps, of all credentials (CTAP 2.3 §6.10.3).
///
/// Which credential a blob belongs to shows only by trying its key. Whatever an element is, it is written back byte for byte
/// as it was read.
public struct LargeBlobArray: Hashable, Sendable {
    /// One element, as it stands in the array.
    public struct Element: Hashable, Sendable {
        /// Its CBOR.
        public let bytes: [UInt8]
        /// `nil` when it is something else, as of a later specification.
        public let blob: LargeBlob?
    }

    public private(set) var elements: [Element] = []

    /// An empty array, as a new key has it.
    public init() {}

    /// Reads an array with its digest.
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

    /// The data of the credential with this key; `nil` when it has none.
    public func data(for largeBlobKey: [UInt8]) throws(LargeBlobArrayError) -> [UInt8]? {
        for element in elements {
            if let data = try element.blob?.open(with: largeBlobKey) { return data }
        }
        return nil
    }

    /// Gives the credential with this key its data, in place of any that it has.
    public mutating func set(_ data: [UInt8], for largeBlobKey: [UInt8]) throws(LargeBlobArrayError) {
        let blob = try LargeBlob(sealing: data, with: largeBlobKey)
        removeData(for: largeBlobKey)
        elements.append(Element(bytes: CBOREncoder.encode(blob.cbor), blob: blob))
    }

    /// Removes what belongs to the credential with this key, and says whether there was anything.
    @discardableResult
    public mutating func removeData(for largeBlobKey: [UInt8]) -> Bool {
        remove { $0.belongs(to: largeBlobKey) } > 0
    }

    /// Removes the elements that `isUnwanted` accepts; returns how many.
    @discardableResult
    public mutating func remove(where isUnwanted: (Element) -> Bool) -> Int {
        let count = elements.count
        elements.removeAll(where: isUnwanted)
        return count - elements.count
    }

    private static let digestByteCount = 16
    /// Deeper than large-blob maps are, for elements that this library does not know.
    private static let maximumDepth = 16

    private static func digest(of body: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: body).prefix(digestByteCount))
    }

    /// The array is decoded as a whole first; then each element again, for where it ends.
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
    /// Whether it was encrypted with this key, readable or not.
    public func belongs(to largeBlobKey: [UInt8]) -> Bool {
        do throws(LargeBlobArrayError) {
            return try blob?.open(with: largeBlobKey) != nil
        } catch {
            return true
        }
    }
}
