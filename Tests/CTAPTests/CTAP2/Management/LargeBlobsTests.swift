@testable import CTAP2
import CTAPHID
import Synchronization
import Testing

@Suite struct LargeBlobsTests {
    private static let keys = [1, 2].map { LargeBlobKey([UInt8](repeating: $0, count: 32)) }

    /// A key that stores the array once all of it has arrived.
    private final class Store: Sendable {
        private struct State {
            var stored: [UInt8]
            var expected = 0
            var pending: [UInt8] = []
        }

        private let state: Mutex<State>

        init(_ stored: [UInt8]) {
            state = Mutex(State(stored: stored))
        }

        var stored: [UInt8] { state.withLock { $0.stored } }

        func answer(_ parameters: CBORMap) -> [UInt8] {
            state.withLock { state in
                let offset = parameters[3]?.int ?? -1
                if let count = parameters[1]?.int {
                    return success([1: .bytes(Array(state.stored.dropFirst(offset).prefix(count)))])
                }
                if offset == 0 {
                    state.pending = []
                    state.expected = parameters[4]?.int ?? 0
                }
                guard offset == state.pending.count else { return [StatusCode.invalidSequence.rawValue] }
                state.pending += parameters[2]?.bytes ?? []
                if state.pending.count == state.expected { state.stored = state.pending }
                return [0]
            }
        }
    }

    private func blobs(_ store: Store, log: RequestLog = RequestLog(), capacity: Int = 4096) -> LargeBlobs {
        var info = AuthenticatorInfo(versions: [], aaguid: .zero)
        info.maxSerializedLargeBlobArray = capacity
        return LargeBlobs(
            ManagementBench.session(log) { _, parameters in store.answer(parameters) },
            info,
            token: ManagementBench.token
        )
    }

    @Test(arguments: [17, 959, 960, 961, 1920, 3000])
    func `an array of any length is read and written in pieces`(length: Int) async throws {
        let array = try Self.array(of: length)
        let store = Store(array.serialized)
        let log = RequestLog()
        let blobs = blobs(store, log: log)
        #expect(try await blobs.read(ManagementBench.operation) == array)
        #expect(log.parameters.count == length / 960 + 1)
        try await blobs.write(array, ManagementBench.operation)
        #expect(store.stored == array.serialized)
        let writes = log.parameters.filter { $0[2] != nil }
        #expect(writes.map { $0[4] != nil } == writes.indices.map { $0 == 0 }, "the length goes with the first piece")
        #expect(writes.allSatisfy { $0[5]?.bytes?.count == 32 })
    }

    /// An array of this length, with one unknown element.
    private static func array(of length: Int) throws -> LargeBlobArray {
        guard length > 17 else { return LargeBlobArray() }
        for count in (0..<length).reversed() {
            let body = CBOREncoder.encode([.bytes([UInt8](repeating: 7, count: count))])
            if body.count + 16 == length { return try LargeBlobArray(serialized: serialized(body)) }
        }
        throw LargeBlobArrayError.digest
    }

    /// The body with its digest.
    private static func serialized(_ body: [UInt8]) -> [UInt8] {
        let digest = Secret(copying: body).sha256(prefix: 16)
        return body + digest.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    @Test func `an array that is longer than its room is not sent`() async throws {
        let log = RequestLog()
        let blobs = blobs(Store([]), log: log, capacity: 1024)
        await #expect(throws: SessionError.refused(.largeBlobArrayTooLong(byteCount: 1025, maximum: 1024), .largeBlobs))
        {
            try await blobs.write(Self.array(of: 1025), ManagementBench.operation)
        }
        #expect(log.commands.isEmpty)
    }

    @Test func `a damaged array is said to be damaged`() async throws {
        let blobs = blobs(Store(LargeBlobArray().serialized.dropLast() + [0]))
        await #expect(throws: SessionError.malformed(.largeBlobArray(.digest), .largeBlobs)) {
            try await blobs.read(ManagementBench.operation)
        }
    }

    @Test func `a sound digest does not make an array of something else`() async throws {
        let blobs = blobs(Store(Self.serialized([0xA0])))
        await #expect(
            throws: SessionError.malformed(
                .largeBlobArray(.cbor(.unexpected(member: "largeBlobArray"))),
                .largeBlobs
            )
        ) { try await blobs.read(ManagementBench.operation) }
    }

    @Test func `a key that never comes to an end is not believed`() async throws {
        let piece = [UInt8](repeating: 0, count: 960)
        let info = AuthenticatorInfo(versions: [], aaguid: .zero)
        let blobs = LargeBlobs(ManagementBench.session { _, _ in success([1: .bytes(piece)]) }, info)
        await #expect(throws: SessionError.malformed(.cbor(.unexpected(member: "config")), .largeBlobs)) {
            try await blobs.read(ManagementBench.operation)
        }
    }

    @Test func `elements stay byte for byte as they came`() throws {
        // A map with unsorted keys and text that is not UTF-8, a number in a non-minimal form, and an empty array.
        let body = hex("83 a2 62 6162 01 61 ff 02 1a00000001 80")
        var array = try LargeBlobArray(serialized: Self.serialized(body))
        #expect(array.elements.count == 3 && array.elements.allSatisfy { $0.blob == nil })
        #expect(array.serialized == Self.serialized(body))
        try array.set([1, 2, 3], for: Self.keys[0])
        #expect(array.serialized.prefix(body.count) == [0x84] + body.dropFirst())
        let isRemoved = array.removeData(for: Self.keys[0])
        #expect(isRemoved)
        #expect(array.serialized == Self.serialized(body))
    }

    @Test(arguments: [0, 1, 1000, 100_000])
    func `what is set for a credential is read with its key alone`(count: Int) throws {
        let data = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0) }
        var array = LargeBlobArray()
        try array.set([9], for: Self.keys[0])
        try array.set(data, for: Self.keys[0])
        try array.set([8], for: Self.keys[1])
        let read = try LargeBlobArray(serialized: array.serialized)
        #expect(read == array && read.elements.count == 2)
        #expect(try read.data(for: Self.keys[0]) == data)
        #expect(try read.data(for: Self.keys[1]) == [8])
        #expect(try read.data(for: LargeBlobKey([UInt8](repeating: 3, count: 32))) == nil)
        #expect(try read.data(for: LargeBlobKey([3])) == nil)
    }

    @Test(arguments: [("b", true), ("", false), ("bb", false)])
    func `data that unpack to another length are broken`(text: String, isWhole: Bool) throws {
        let compressed = try #require(Deflate.compress(Array(text.utf8)))
        #expect((Deflate.decompress(compressed, byteCount: 1) != nil) == isWhole)
    }

    @Test func `zlib's header and a missing last block are read too`() {
        // zlib.compress(b"aaaaaaaa"), and the same data as raw DEFLATE with a sync flush at its end.
        #expect(Deflate.decompress(hex("789c4b4c8400000dac0309"), byteCount: 8) == Array("aaaaaaaa".utf8))
        #expect(Deflate.decompress(hex("4a4c840000000000ffff"), byteCount: 8) == Array("aaaaaaaa".utf8))
    }

    @Test func `garbage is no compressed data`() {
        #expect(Deflate.decompress([], byteCount: 1) == nil)
        #expect(Deflate.decompress([0xFF, 0xFF, 0xFF], byteCount: 4) == nil)
    }
}
