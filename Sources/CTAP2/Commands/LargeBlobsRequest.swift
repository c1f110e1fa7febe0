import Crypto

/// Reads or writes a fragment of the serialized large-blob array (CTAP 2.3 §6.10).
package struct LargeBlobsRequest: Hashable, Sendable {
    package enum Access: Hashable, Sendable {
        /// Reads at most this many bytes.
        case get(Int)
        /// Writes a fragment; `length` is the length of the whole array, in the first fragment only.
        case set([UInt8], length: Int?)
    }

    package var access: Access
    package var offset: Int
    package var authorization: PINUVAuthorization?

    package init(_ access: Access, at offset: Int) {
        self.access = access
        self.offset = offset
    }
}

extension LargeBlobsRequest: AuthorizableRequest {
    package var command: CTAPCommand { .largeBlobs }

    package var authorizedBytes: [UInt8] {
        guard case .set(let fragment, _) = access else { return [] }
        let offset = UInt32(clamping: offset).littleEndianBytes
        return [UInt8](repeating: 0xFF, count: 32) + [command.rawValue, 0] + offset + SHA256.hash(data: fragment)
    }

    package var cbor: CBORMap {
        var map: CBORMap = [3: .int(offset)]
        switch access {
        case .get(let count): map[1] = .int(count)
        case .set(let fragment, let length):
            map[2] = .bytes(fragment)
            map[4] = length.map(CBORValue.int)
        }
        map[5] = authorization.map { .bytes($0.param) }
        map[6] = authorization.map { .int($0.pinUvAuthProtocol.rawValue) }
        return map
    }

    /// The bytes read; empty after a write and at the end of the array.
    package func response(_ members: CBORMap) throws(ResponseError) -> [UInt8] {
        do throws(CBORError) {
            return try members.optional(1, "config", \.bytes) ?? []
        } catch {
            throw .cbor(error)
        }
    }
}
