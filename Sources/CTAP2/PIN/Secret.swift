import Glibc

/// Bytes that must leave no trace in memory: a PIN, a shared secret, a token.
///
/// They are held in memory pages of their own, which are locked where the system allows it, excluded from core dumps,
/// and wiped before they are unmapped. A secret cannot be copied or printed.
@safe
public struct Secret: ~Copyable, Sendable {
    /// The address of the first page. Its content never changes after `init`, so threads may share it.
    private let address: UInt
    private let mappedCount: Int
    package private(set) var count: Int

    /// Allocates `count` zero bytes, which only `fill` writes.
    init<E: Error>(count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
        unsafe try self.init(capacity: count) { room throws(E) in
            unsafe try fill(room)
            return room.count
        }
    }

    /// Lets `fill` write into `capacity` zero bytes and return how many it wrote: input can be read straight into the
    /// secret, without a copy elsewhere.
    public init<E: Error>(
        capacity: Int,
        filledBy fill: (UnsafeMutableRawBufferPointer) throws(E) -> Int
    ) throws(E) {
        let capacity = max(0, capacity)
        let pageSize = Int(getpagesize())
        let pageCount = max(1, (capacity + pageSize - 1) / pageSize)
        mappedCount = pageCount * pageSize
        count = 0
        let page = unsafe mmap(nil, mappedCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let page = unsafe page, unsafe page != MAP_FAILED else { abort() }
        address = UInt(bitPattern: page)
        // A limit on locked memory must not prevent the use of a PIN: the page is wiped in any case.
        _ = unsafe mlock(page, mappedCount)
        _ = unsafe madvise(page, mappedCount, MADV_DONTDUMP)
        let filled = unsafe try fill(UnsafeMutableRawBufferPointer(start: page, count: capacity))
        count = min(max(0, filled), capacity)
    }

    deinit {
        guard let page = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
        unsafe explicit_bzero(page, mappedCount)
        _ = unsafe munmap(page, mappedCount)
    }

    /// Copies the bytes; the caller wipes the original.
    public init(copying bytes: some Collection<UInt8>) {
        unsafe self.init(count: bytes.count) { room in
            unsafe room.copyBytes(from: bytes)
        }
    }

    /// Moves the bytes: `bytes` is overwritten, and empty afterwards.
    public init(wiping bytes: inout [UInt8]) {
        self.init(copying: bytes)
        bytes.wipe()
        bytes = []
    }

    /// Whether both hold the same bytes.
    package func isSame(as other: borrowing Secret) -> Bool {
        withExposedBytes { ours in
            other.withExposedBytes { theirs in
                ours.count == theirs.count && ours.indices.allSatisfy { ours[$0] == theirs[$0] }
            }
        }
    }

    /// Lends out the bytes; the name makes every place that could leak them easy to find.
    package func withExposedBytes<Result: ~Copyable, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> Result
    ) throws(E) -> Result {
        try unsafe withUnsafeBytes { bytes throws(E) in
            unsafe try body(bytes.bindMemory(to: UInt8.self).span)
        }
    }

    /// The same for swift-crypto, which does not take spans.
    func withUnsafeBytes<Result: ~Copyable, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> Result
    ) throws(E) -> Result {
        unsafe try body(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
    }
}

extension [UInt8] {
    /// Overwrites the bytes with zeros.
    package mutating func wipe() {
        unsafe withUnsafeMutableBytes { bytes in
            if let start = bytes.baseAddress { unsafe explicit_bzero(start, bytes.count) }
        }
    }
}
