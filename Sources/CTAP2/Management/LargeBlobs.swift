/// Reads and writes a key's large-blob array (CTAP 2.3 §6.10).
public struct LargeBlobs: Sendable {
    /// The longest array in bytes, above any key's capacity; a longer one is treated as malformed.
    private static let limit = 1 << 20

    private let session: Session
    private let token: PINUVAuthToken?
    private let maxFragmentLength: Int
    /// The longest serialized array that the key stores, in bytes.
    public let capacity: Int

    /// For a key with the option `largeBlobs`. Reading needs no token. Writing to a protected key requires one with the
    /// permission `largeBlobWrite`.
    public init(_ session: Session, _ info: AuthenticatorInfo, token: PINUVAuthToken? = nil) {
        self.session = session
        self.token = token
        maxFragmentLength = info.maxFragmentLength
        capacity = info.maxSerializedLargeBlobArray ?? Self.minimumCapacity
    }

    /// Reads the array and reports `progress` in bytes.
    ///
    /// Throws `ResponseError.largeBlobArray(.digest)` if the array is damaged: it then counts as empty and may be
    /// replaced (§6.10.2). After any other error it must not be overwritten.
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

    /// Replaces the array and reports `progress` in bytes. The key keeps the old array until the new one is complete.
    ///
    /// Write only an array that was read and then changed, or an empty one in place of a damaged one.
    public func write(_ array: LargeBlobArray, _ operation: Operation) async throws(SessionError) {
        let bytes = array.serialized
        guard bytes.count <= capacity else {
            throw .refused(.largeBlobArrayTooLong(byteCount: bytes.count, maximum: capacity), .largeBlobs)
        }
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

    /// The capacity that every key with large blobs has (CTAP 2.3 §6.4, `maxSerializedLargeBlobArray`).
    private static let minimumCapacity = 1024
}
