import Glibc

/// Bytes that nobody may find later: a PIN, a shared secret, a token.
///
/// They stand in a page of their own that is not swapped out where the system allows that, is left out of core dumps,
/// and is overwritten before it is given back. A secret cannot be copied or printed.
@safe
public struct Secret: ~Copyable, Sendable {
    /// The page as a number: what it holds never changes after `init`, so that threads may share it.
    private let address: UInt
    private let mappedCount: Int
    package private(set) var count: Int

    /// Room for `count` zeros, filled by `fill` and never written again.
    init<E: Error>(count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
        unsafe try self.init(capacity: count) { room throws(E) in
            unsafe try fill(room)
            return room.count
        }
    }

    /// As many bytes as `fill` says it put into the `capacity` zeros that it gets; for what comes from outside, so that it
    /// stands nowhere else.
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
        // A limit on locked memory is no reason to do without the PIN: the page is wiped in any case.
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

    /// Copies the bytes; the original is the caller's to wipe.
    public init(copying bytes: some Collection<UInt8>) {
        unsafe self.init(count: bytes.count) { room in
            unsafe room.copyBytes(from: bytes)
        }
    }

    /// Takes the bytes over: `bytes` is overwritten and empty afterwards.
    public init(wiping bytes: inout [UInt8]) {
        unsafe self.init(count: bytes.count) { room in
            unsafe bytes.withUnsafeMutableBytes { bytes in
                unsafe room.copyMemory(from: UnsafeRawBufferPointer(bytes))
                if let start = bytes.baseAddress { unsafe explicit_bzero(start, bytes.count) }
            }
        }
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

    /// Lends the bytes out; the name says where to look when something leaked.
    package func withExposedBytes<Result: ~Copyable, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> Result
    ) throws(E) -> Result {
        try unsafe withUnsafeBytes { bytes throws(E) in
            unsafe try body(bytes.bindMemory(to: UInt8.self).span)
        }
    }

    /// The same for swift-crypto, which knows no spans.
    func withUnsafeBytes<Result: ~Copyable, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> Result
    ) throws(E) -> Result {
        unsafe try body(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
    }
}
