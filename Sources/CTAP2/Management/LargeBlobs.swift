/// Reads and writes the blobs that a key keeps for its credentials (CTAP 2.3 §6.10).
public struct LargeBlobs: Sendable {
    /// More than any key has room for; a key that has more to say is not believed.
    private static let limit = 1 << 20

    private let session: Session
    private let token: PINUVAuthToken?
    private let maxFragmentLength: Int
    /// Room for the serialized array in bytes.
    public let capacity: Int

    /// For a key with the option `largeBlobs`. Reading takes no token; writing takes one for `largeBlobWrite` where the key is
    /// protected.
    public init(_ session: Session, _ info: AuthenticatorInfo, token: PINUVAuthToken? = nil) {
        self.session = session
        self.token = token
        maxFragmentLength = info.maxFragmentLength
        capacity = info.maxSerializedLargeBlobArray ?? Self.minimumCapacity
    }

    /// The whole array, with `progress` in bytes. Throws `ResponseError.largeBlobArray(.digest)` when it is damaged: it then
    /// counts as empty, and a write may replace it (§6.10.2). One that is sound but cannot be understood may not be replaced.
    public func read(_ operation: Operation) async throws(SessionError) -> LargeBlobArray {
        let bytes = try await session.job { [maxFragmentLength] exchange throws(SessionError) in
            var bytes: [UInt8] = []
            while true {
                let request = LargeBlobsRequest(.get(maxFragmentLength), at: bytes.count)
                let fragment = try exchange.send(request, operation)
                bytes += fragment
                operation.report(.progress(completed: bytes.count, total: bytes.count))
                if fragment.count < maxFragmentLength { return bytes }
                guard fragment.count == maxFragmentLength, bytes.count <= Self.limit else {
                    throw .malformed(.cbor(.unexpected(member: "config")), .largeBlobs)
                }
            }
        }
        do throws(LargeBlobArrayError) {
            return try LargeBlobArray(serialized: bytes)
        } catch {
            throw .malformed(.largeBlobArray(error), .largeBlobs)
        }
    }

    /// Replaces the whole array, with `progress` in bytes: the key keeps the old one until the last piece has arrived whole.
    ///
    /// Only ever write what was read and then changed, or an empty array in place of a damaged one.
    public func write(_ array: LargeBlobArray, _ operation: Operation) async throws(SessionError) {
        let bytes = array.serialized
        guard bytes.count <= capacity else { throw .status(.largeBlobStorageFull, .largeBlobs) }
        let requests = stride(from: 0, to: bytes.count, by: maxFragmentLength).map { offset in
            let fragment = Array(bytes[offset..<min(offset + maxFragmentLength, bytes.count)])
            var request = LargeBlobsRequest(.set(fragment, length: offset == 0 ? bytes.count : nil), at: offset)
            if let token { request.authorize(with: token) }
            return (request: request, end: offset + fragment.count)
        }
        try await session.job { exchange throws(SessionError) in
            for (request, end) in requests {
                _ = try exchange.send(request, operation)
                operation.report(.progress(completed: end, total: bytes.count))
            }
        }
    }

    /// What every key has room for that stores blobs (CTAP 2.3 §6.4, `maxSerializedLargeBlobArray`).
    private static let minimumCapacity = 1024
}
