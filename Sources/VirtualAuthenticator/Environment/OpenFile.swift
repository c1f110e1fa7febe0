import Glibc
import Platform

/// A file descriptor that is closed when the object is released.
final class OpenFile {
    let descriptor: Int32

    /// Takes ownership of a descriptor.
    init(owning descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// open(2), always with O_CLOEXEC.
    init(_ path: String, _ flags: Int32) throws(Errno) {
        descriptor = try Errno.retrying { unsafe open(path, flags | O_CLOEXEC) }
    }

    deinit {
        _ = Glibc.close(descriptor)
    }

    /// The file's bytes, at most one more than `limit`.
    func readAll(limit: Int) throws(Errno) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let piece = try read(upTo: min(65_536, limit + 1 - bytes.count))
            guard !piece.isEmpty else { break }
            bytes += piece
        }
        return bytes
    }

    /// One read(2).
    func read(upTo count: Int) throws(Errno) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let size = try Errno.retrying { unsafe Glibc.read(descriptor, &buffer, count) }
        return Array(buffer.prefix(size))
    }

    /// One write(2), which devices and sockets accept completely or not at all.
    func write(_ bytes: [UInt8]) throws(Errno) {
        _ = try Errno.retrying { unsafe Glibc.write(descriptor, bytes, bytes.count) }
    }

    /// Repeats write(2) until everything is written.
    func writeAll(_ bytes: [UInt8]) throws(Errno) {
        var rest = bytes
        while !rest.isEmpty {
            rest.removeFirst(try Errno.retrying { unsafe Glibc.write(descriptor, rest, rest.count) })
        }
    }

    /// fsync(2).
    func synchronize() throws(Errno) {
        _ = try Errno.retrying { fsync(descriptor) }
    }

    /// fstat(2).
    func status() throws(Errno) -> stat {
        var status = stat()
        _ = try Errno.retrying { unsafe fstat(descriptor, &status) }
        return status
    }
}
